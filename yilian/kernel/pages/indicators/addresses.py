"""Addresses of the indicators."""

from django.urls import path

from yilian.kernel.pages.indicators import listing, number, released

urlpatterns = [
    path("indicators/", listing.Shelf.as_view(), name="indicators"),
    path("indicators/export.xlsx", listing.Workbook.as_view(), name="indicators_export"),
    path("indicators/released/", released.Releases.as_view(), name="indicators_released"),
    path("indicators/released/<int:pk>/", released.Released.as_view(), name="indicator_released"),
    path(
        "indicators/released/<int:pk>/export.xlsx",
        released.ReleasedWorkbook.as_view(),
        name="indicator_released_export",
    ),
    path("indicators/<str:key>/release/", released.Handing.as_view(), name="indicator_release"),
    path("indicators/<str:key>/", number.Number.as_view(), name="indicator"),
    path("indicators/<str:key>/export.xlsx", number.NumberWorkbook.as_view(), name="indicator_export"),
    path("indicators/<str:key>/rows.xlsx", number.RowsWorkbook.as_view(), name="indicator_rows"),
]

"""Addresses of the indicators."""

from django.urls import path

from yilian.kernel.pages.indicators import listing, number

urlpatterns = [
    path("indicators/", listing.Shelf.as_view(), name="indicators"),
    path("indicators/export.xlsx", listing.Workbook.as_view(), name="indicators_export"),
    path("indicators/<str:key>/", number.Number.as_view(), name="indicator"),
    path("indicators/<str:key>/export.xlsx", number.NumberWorkbook.as_view(), name="indicator_export"),
]

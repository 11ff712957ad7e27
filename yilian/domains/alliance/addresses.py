"""Addresses of the register and its pages."""

from django.urls import path

from yilian.domains.alliance import pages, pages_of_charters

urlpatterns = [
    path("consortia/", pages.Register.as_view(), name="consortia"),
    path("consortia/export.xlsx", pages.Export.as_view(), name="consortia_export"),
    path("consortia/grids/", pages.Grids.as_view(), name="grids"),
    path("consortia/<int:pk>/charter/", pages_of_charters.CharterPage.as_view(), name="charter_text"),
    path("consortia/<int:pk>/", pages.ConsortiumPage.as_view(), name="consortium"),
]

"""Addresses of data quality."""

from django.urls import path

from yilian.reports.data_quality import pages

urlpatterns = [
    path("data-quality/", pages.DataQuality.as_view(), name="data_quality"),
    path("data-quality/export.xlsx", pages.Export.as_view(), name="data_quality_export"),
]

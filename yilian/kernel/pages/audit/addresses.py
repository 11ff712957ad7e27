"""Addresses of the pages about access records."""

from django.urls import path

from yilian.kernel.pages.audit import records

urlpatterns = [
    path("audit/", records.Records.as_view(), name="audit"),
    path("audit/export.xlsx", records.Export.as_view(), name="audit_export"),
]

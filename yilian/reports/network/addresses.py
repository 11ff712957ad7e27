"""Addresses of the network."""

from django.urls import path

from yilian.reports.network import pages

urlpatterns = [
    path("network/", pages.Network.as_view(), name="network"),
    path("network/rows/", pages.Rows.as_view(), name="network_rows"),
    path("network/export.xlsx", pages.Export.as_view(), name="network_export"),
]

"""Addresses of the pages about services and places."""

from django.urls import path

from yilian.domains.capacity.directory import pages as services

urlpatterns = [
    path("services/", services.List.as_view(), name="services"),
    path("services/new/", services.New.as_view(), name="service_new"),
    path("services/export.xlsx", services.Export.as_view(), name="services_export"),
    path("services/<int:pk>/", services.Detail.as_view(), name="service"),
    path("services/<int:pk>/edit/", services.Edit.as_view(), name="service_edit"),
    path("services/<int:pk>/switch/", services.Switch.as_view(), name="service_switch"),
]

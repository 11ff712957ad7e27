"""Addresses of the pages about services and places."""

from django.urls import path

from yilian.domains.capacity.directory import pages as services
from yilian.domains.capacity.indications import pages as indications

urlpatterns = [
    path("services/", services.List.as_view(), name="services"),
    path("services/new/", services.New.as_view(), name="service_new"),
    path("services/export.xlsx", services.Export.as_view(), name="services_export"),
    path("services/<int:pk>/", services.Detail.as_view(), name="service"),
    path("services/<int:pk>/edit/", services.Edit.as_view(), name="service_edit"),
    path("services/<int:pk>/switch/", services.Switch.as_view(), name="service_switch"),
    path("indications/", indications.List.as_view(), name="indications"),
    path("indications/new/", indications.New.as_view(), name="indication_new"),
    path("indications/<int:pk>/", indications.Detail.as_view(), name="indication"),
    path("indications/<int:pk>/edit/", indications.Edit.as_view(), name="indication_edit"),
    path("indications/<int:pk>/switch/", indications.Switch.as_view(), name="indication_switch"),
]

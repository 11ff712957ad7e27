"""Addresses of the pages about services and places."""

from django.urls import path

from yilian.domains.capacity.board import pages as board
from yilian.domains.capacity.booking import pages as booking
from yilian.domains.capacity.directory import pages as services
from yilian.domains.capacity.indications import pages as indications

urlpatterns = [
    path("services/", services.List.as_view(), name="services"),
    path("services/new/", services.New.as_view(), name="service_new"),
    path("services/export.xlsx", services.Export.as_view(), name="services_export"),
    path("services/<int:pk>/", services.Detail.as_view(), name="service"),
    path("services/<int:pk>/edit/", services.Edit.as_view(), name="service_edit"),
    path("services/<int:pk>/switch/", services.Switch.as_view(), name="service_switch"),
    path("capacity/", board.Board.as_view(), name="capacity"),
    path("capacity/new/", board.New.as_view(), name="resource_new"),
    path("capacity/report/", board.ReportAll.as_view(), name="capacity_report"),
    path("capacity/<int:pk>/", board.Detail.as_view(), name="resource"),
    path("capacity/<int:pk>/phone/", board.Phone.as_view(), name="resource_phone"),
    path("capacity/<int:pk>/switch/", board.Switch.as_view(), name="resource_switch"),
    path("places/", booking.List.as_view(), name="places"),
    path("places/export.xlsx", booking.Export.as_view(), name="places_export"),
    path("places/new/", booking.New.as_view(), name="places_new"),
    path("places/<int:pk>/switch/", booking.Switch.as_view(), name="place_switch"),
    path("indications/", indications.List.as_view(), name="indications"),
    path("indications/new/", indications.New.as_view(), name="indication_new"),
    path("indications/<int:pk>/", indications.Detail.as_view(), name="indication"),
    path("indications/<int:pk>/edit/", indications.Edit.as_view(), name="indication_edit"),
    path("indications/<int:pk>/switch/", indications.Switch.as_view(), name="indication_switch"),
]

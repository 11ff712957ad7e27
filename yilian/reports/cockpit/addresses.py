"""Addresses of the cockpit."""

from django.urls import path

from yilian.reports.cockpit import pages

urlpatterns = [
    path("cockpit/", pages.Cockpit.as_view(), name="cockpit"),
    path("cockpit/flow/", pages.FlowRows.as_view(), name="cockpit_flow"),
    path("cockpit/late/", pages.LateRows.as_view(), name="cockpit_late"),
]

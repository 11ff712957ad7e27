"""Addresses of the white-period view."""

from django.urls import path

from yilian.reports.white_period import pages

urlpatterns = [path("whereabouts/", pages.Whereabouts.as_view(), name="whereabouts")]

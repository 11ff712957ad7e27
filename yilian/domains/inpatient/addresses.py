"""Addresses of the pages about in-patients."""

from django.urls import path

from yilian.domains.inpatient import pages

urlpatterns = [path("inpatients/", pages.List.as_view(), name="inpatients")]

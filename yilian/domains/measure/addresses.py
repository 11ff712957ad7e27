"""Addresses of this domain."""

from django.urls import path

from yilian.domains.measure.pages import Write

urlpatterns = [path("measure/write/", Write.as_view(), name="measure_write")]

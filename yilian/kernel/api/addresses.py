"""Addresses of the interface, below /api/v1/."""

from django.urls import path

from yilian.kernel.api.document.build import serve
from yilian.kernel.api.site import api

urlpatterns = [path("openapi.json", serve, name="openapi"), *api.urls[0]]

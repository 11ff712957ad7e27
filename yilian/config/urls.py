"""Addresses: the pages and interfaces that the registries make."""

from django.urls import URLPattern, URLResolver

handler500 = "yilian.config.outage.failed"
urlpatterns: list[URLPattern | URLResolver] = []

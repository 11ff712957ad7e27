"""Addresses: the pages and interfaces that the registries make."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

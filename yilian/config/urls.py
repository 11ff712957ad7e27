"""Addresses: the pages and interfaces that the registries make."""

from django.urls import URLPattern, URLResolver, include, path

handler500 = "yilian.config.outage.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("yilian.kernel.pages.addresses")),
]

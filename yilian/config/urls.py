"""Addresses: the pages and interfaces that the registries make."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from yilian.config.domains import DOMAINS, REPORTS
from yilian.config.health import health
from yilian.kernel.api.guide import guide

handler500 = "yilian.config.outage.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health),
    path("api/v1/", include("yilian.kernel.api.addresses")),
    path("help/api/", guide, name="api_guide"),
    path("accounts/", include("allauth.urls")),
    path("", include("yilian.registry.pages.addresses")),
    *(path("", include(f"{domain}.addresses")) for domain in (*DOMAINS, *REPORTS) if find_spec(f"{domain}.addresses")),
    path("", include("yilian.kernel.pages.addresses")),
]

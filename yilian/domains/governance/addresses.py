"""Addresses of the pages of this domain that are not those of a case."""

from django.urls import path

from yilian.domains.governance import pages

urlpatterns = [path("consortia/<int:pk>/bodies/", pages.Bodies.as_view(), name="bodies")]

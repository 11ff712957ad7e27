"""Addresses of the pages of this domain that are not those of a case."""

from django.urls import path

from yilian.domains.merit import pages

urlpatterns = [path("merits/", pages.Register.as_view(), name="merit_register")]

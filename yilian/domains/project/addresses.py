"""Addresses of the pages of this domain that are not those of a case."""

from django.urls import path

from yilian.domains.project import pages

urlpatterns = [path("projects/", pages.Board.as_view(), name="project_board")]

"""Addresses of the pages of this domain that are not those of a case."""

from django.urls import path

from yilian.domains.governance import pages, sign_in_pages

urlpatterns = [
    path("consortia/<int:pk>/bodies/", pages.Bodies.as_view(), name="bodies"),
    path("meetings/<uuid:pk>/code/", sign_in_pages.Code.as_view(), name="meeting_code"),
    path("meetings/<uuid:pk>/arrive/", sign_in_pages.Arrive.as_view(), name="meeting_arrive"),
]

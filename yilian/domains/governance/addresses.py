"""Addresses of the pages of this domain that are not those of a case."""

from django.urls import path

from yilian.domains.governance import pages, pages_of_plan, pages_of_sign_in

urlpatterns = [
    path("consortia/<int:pk>/bodies/", pages.Bodies.as_view(), name="bodies"),
    path("consortia/<int:pk>/meetings/", pages_of_plan.Plan.as_view(), name="meeting_plan"),
    path("meetings/<uuid:pk>/code/", pages_of_sign_in.Code.as_view(), name="meeting_code"),
    path("meetings/<uuid:pk>/arrive/", pages_of_sign_in.Arrive.as_view(), name="meeting_arrive"),
]

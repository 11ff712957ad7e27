"""Addresses of the pages about reporting care data."""

from django.urls import path

from yilian.domains.encounter import pages

urlpatterns = [
    path("feeds/", pages.List.as_view(), name="feeds"),
    path("feeds/new/<slug:fact>/", pages.Upload.as_view(), name="feed_new"),
    path("feeds/new/<slug:fact>/template.xlsx", pages.Template.as_view(), name="feed_template"),
    path("feeds/<uuid:pk>/", pages.Detail.as_view(), name="feed"),
    path("feeds/<uuid:pk>/rejected.xlsx", pages.Rejected.as_view(), name="feed_rejected"),
]

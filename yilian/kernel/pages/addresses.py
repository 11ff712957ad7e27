"""Addresses of the pages, made from the registry of case types."""

from django.urls import include, path
from django.views.i18n import set_language

from yilian.kernel.pages import own, worklists

urlpatterns = [
    path("", include("yilian.kernel.pages.regulations.addresses")),
    path("", worklists.Home.as_view(), name="home"),
    path("post/", own.Posts.as_view(), name="posts"),
    path("me/", own.Me.as_view(), name="me"),
    path("language/", set_language, name="set_language"),
]

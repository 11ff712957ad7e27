"""Addresses of the messages."""

from django.urls import path

from yilian.kernel.pages.notices import inbox, preferences

urlpatterns = [
    path("messages/", inbox.Messages.as_view(), name="messages"),
    path("messages/read/", inbox.AllRead.as_view(), name="messages_read"),
    path("messages/settings/", preferences.Preferences.as_view(), name="message_settings"),
    path("messages/<uuid:pk>/", inbox.Open.as_view(), name="message"),
]

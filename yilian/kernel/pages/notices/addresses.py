"""Addresses of the messages."""

from django.urls import path

from yilian.kernel.pages.notices import deliveries, inbox, preferences, robots

urlpatterns = [
    path("messages/", inbox.Messages.as_view(), name="messages"),
    path("messages/read/", inbox.AllRead.as_view(), name="messages_read"),
    path("messages/settings/", preferences.Preferences.as_view(), name="message_settings"),
    path("messages/deliveries/", deliveries.Deliveries.as_view(), name="deliveries"),
    path("messages/deliveries/<int:pk>/again/", deliveries.Again.as_view(), name="delivery_again"),
    path("messages/robots/", robots.Robots.as_view(), name="robots"),
    path("messages/robots/<int:pk>/", robots.OneRobot.as_view(), name="robot"),
    path("messages/<uuid:pk>/", inbox.Open.as_view(), name="message"),
]

"""The demo app; it has no tables."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "yilian.config.demo"
    label = "demo"

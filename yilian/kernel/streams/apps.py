"""The streams app; it has no tables, only the triggers that tell of changes."""

from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "yilian.kernel.streams"
    label = "streams"

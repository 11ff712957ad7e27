"""The lake as a Django application: it has SQL functions and no tables."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "yilian.kernel.lake"
    label = "lake"

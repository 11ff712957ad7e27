"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "yilian.kernel.pages"
    label = "pages"

"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "yilian.kernel.pages"
    label = "pages"

    def ready(self) -> None:
        from yilian.kernel.pages.regulations import entries  # noqa: F401

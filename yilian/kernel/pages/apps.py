"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "yilian.kernel.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yilian.kernel.pages import kinds, menu, own_entries
        from yilian.kernel.pages.regulations import entries  # noqa: F401

        own_entries.declare()
        menu.sources.append(kinds.entries)

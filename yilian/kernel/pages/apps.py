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
        from yilian.kernel.pages.audit import entries as audit_entries  # noqa: F401
        from yilian.kernel.pages.notices import entries as notice_entries  # noqa: F401
        from yilian.kernel.pages.papers import entries as paper_entries  # noqa: F401

        menu.sources.append(kinds.entries)

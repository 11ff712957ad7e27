"""The sample app; its case type is declared when it is ready."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.sample"
    label = "sample"

    def ready(self) -> None:
        from tests.sample import case_type, star  # noqa: F401

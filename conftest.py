"""Fixtures for every test of the house, and names of tests that are the same in every process."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from yilian.config.collecting import collect_seldom
from yilian.config.messages import compile_messages

pytest_plugins = ["yilian.kernel.testing.databases", "tests.world"]
LONGEST_PART = 40


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before any process of the run reads them: one that finds none speaks no English."""
    if not hasattr(config, "workerinput"):
        compile_messages()


def pytest_collection_finish() -> None:
    """Search for garbage as the server does: not among what all tests share."""
    collect_seldom()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured."""
    for report in terminalreporter.getreports("passed"):
        for name, found in report.user_properties:
            terminalreporter.write_line(f"{name}: {found}")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a value that is a file or very long by its size: what is in it differs between processes and fills lines."""
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > LONGEST_PART):
        return f"{argname}-of-{len(val)}"
    return None


@pytest.fixture(autouse=True)
def language_of_the_house() -> Iterator[None]:
    """Begin every test in the language of the installation: a page read in English leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield

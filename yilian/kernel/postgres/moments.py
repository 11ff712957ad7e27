"""Reads moments with Python's own ISO parser: Django's loader goes through two layers of Python for each."""

from datetime import UTC, datetime

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.errors import DataError


class MomentLoader(Loader):
    """Load a timestamptz as text (`2026-11-22 05:55:23.123+00`) into a datetime with its time zone.

    Raises DataError for what Python has no datetime for: infinity, and years before 1 or after 9999.
    """

    timezone = UTC  # Django asks for it: one that differs from the connection's would be replaced

    def load(self, data: Buffer) -> datetime:
        text = bytes(data).decode()
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise DataError(f"no such moment in Python: {text!r}") from error


def read_moments_quickly() -> None:
    """Let every connection that Django opens from now on use it."""
    get_adapters_template(settings.USE_TZ, UTC).register_loader("timestamptz", MomentLoader)

"""Answers in JSON."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpResponse

ROOT = "/api/v1"
JSON = "application/json"


def encode(data: Any) -> bytes:
    """Return data as JSON: keys as text, moments in UTC, decimals and lazy texts as text, bytes as hex."""
    return orjson.dumps(data, default=_plain)


def reply(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return an answer; the data is written as it is, without another check against a schema."""
    return HttpResponse(encode(data), status=status, content_type=JSON, headers=dict(headers) if headers else None)


def etag(version: int) -> str:
    """Return the entity tag of a case: its version."""
    return f'"{version}"'


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)

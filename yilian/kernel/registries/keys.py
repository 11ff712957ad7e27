"""UUIDv7 keys: their order is the order of creation, so "newest first" needs no other column."""

import secrets
import time
import uuid
from datetime import UTC, datetime

_RANDOM_A, _RANDOM_B = 12, 62


def uuid7(moment: datetime | None = None) -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562) of this moment, or of now."""
    milliseconds = int(moment.timestamp() * 1000) if moment else time.time_ns() // 1_000_000
    return _compose(milliseconds, secrets.randbits(_RANDOM_A), secrets.randbits(_RANDOM_B))


def bounds(since: datetime, until: datetime) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the smallest keys of two moments: keys of [since, until) lie between them."""
    low, high = (_compose(int(moment.timestamp() * 1000), 0, 0) for moment in (since, until))
    return low, high


def moment_of(key: uuid.UUID) -> datetime:
    """Return the moment a UUIDv7 was made, to the millisecond."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC)


def _compose(milliseconds: int, a: int, b: int) -> uuid.UUID:
    return uuid.UUID(int=(milliseconds << 80) | (7 << 76) | (a << 64) | (2 << 62) | b)

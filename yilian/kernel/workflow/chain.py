"""The hash chain of a case's history: each line seals its content and the line before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from yilian.kernel.workflow.models import Case, Happening

SEALED = (
    "seq", "actor_id", "actor_name", "institution_id", "institution_name", "address", "on_behalf_of_id",
    "verb", "state_from", "state_to", "note", "answers",
)  # fmt: skip


def seal(previous: bytes, happening: Happening) -> bytes:
    """Return the SHA-256 of the line before and of everything in this line (canonical JSON, times in UTC)."""
    return seal_text(previous, sealed_text(happening))


def sealed_text(happening: Happening) -> str:
    """Return everything in a line as canonical JSON."""
    content: dict[str, Any] = {name: getattr(happening, name) for name in SEALED}
    content["case"] = str(happening.case_id)
    content["at"] = happening.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def seal_text(previous: bytes, text: str) -> bytes:
    """Return the seal of a line given as text, behind the seal of the line before."""
    return hashlib.sha256(previous + text.encode()).digest()


@dataclass(frozen=True)
class BrokenLink:
    """The first line of a case that does not fit, and why."""

    case_id: str
    number: str
    seq: int
    why: str


def verify(case: Case) -> BrokenLink | None:
    """Check the chain of one case from its first line to the seal on the case itself; None means whole."""
    previous, expected = b"", 1
    for happening in case.history.order_by("seq"):
        if happening.seq != expected:
            return BrokenLink(str(case.pk), case.number, expected, "a line is missing")
        if seal(previous, happening) != bytes(happening.digest):
            return BrokenLink(str(case.pk), case.number, happening.seq, "a line was changed")
        previous, expected = bytes(happening.digest), expected + 1
    if previous != bytes(case.digest):
        return BrokenLink(str(case.pk), case.number, expected, "the last lines are missing")
    return None

"""What a document says, as bytes that are always the same, and the SHA-256 that seals it."""

import json
from collections.abc import Iterable
from datetime import UTC
from hashlib import sha256

from yilian.domains.records.models import Observation, Record


def content(record: Record, observations: Iterable[Observation], files: Iterable[str]) -> bytes:
    """Return the canonical content: JSON with sorted keys, moments in UTC, numbers as text; `files` by their SHA-256.

    Neither keys nor the patient are part of it: a merge of two patients does not break the seal.
    """
    said = {
        "kind": record.kind,
        "title": record.title,
        "institution": record.institution_id,
        "department": record.department,
        "practitioner": record.practitioner,
        "effective_at": record.effective_at.astimezone(UTC).isoformat(timespec="seconds"),
        "number": record.number,
        "sections": [[one["key"], one["text"]] for one in record.sections],
        "observations": [_value(row) for row in observations],
        "files": sorted(files),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(record: Record, observations: Iterable[Observation], files: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of the canonical content."""
    return sha256(content(record, observations, files)).hexdigest()


def digest_of(record: Record) -> str:
    """Return the SHA-256 of what the database holds of a document now."""
    return digest(record, record.observations.all(), (file.sha256 for file in record.files.all()))


def seal_of(digests: Iterable[str]) -> str:
    """Return the SHA-256 over the digests of several documents, in order."""
    return sha256("\n".join(digests).encode()).hexdigest()


def _value(row: Observation) -> list[str]:
    numbers = (f"{number:.4f}" if number is not None else "" for number in (row.number, row.low, row.high))
    return [row.code, row.name, *numbers, row.text, row.unit, row.flag]

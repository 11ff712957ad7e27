"""What the doctor says: one sentence about one matter."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass


class Grade(enum.Enum):
    """How a finding is to be read."""

    GOOD = "✓"
    NOTE = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """One sentence about one matter."""

    grade: Grade
    says: str


Findings = Iterator[Finding]


def good(says: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(Grade.GOOD, says)


def note(says: str) -> Finding:
    """Return a finding that one should know of."""
    return Finding(Grade.NOTE, says)


def bad(says: str) -> Finding:
    """Return a finding that has to be dealt with."""
    return Finding(Grade.BAD, says)


def first_line(error: Exception) -> str:
    """Return the part of an error that fits into a sentence."""
    return str(error).strip().split("\n", 1)[0]

"""Setting facts on a row: only known ones, checked all together, and knowing which have changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class UnknownFactError(TypeError):
    """A writer was given a fact that its noun does not have."""


def set_facts(row: models.Model, facts: Mapping[str, Any], *, allowed: Iterable[str]) -> list[str]:
    """Set facts on a row and return the names of those that differ from before; nothing is saved.

    Raises UnknownFactError for a name that is not `allowed`.
    """
    strange = set(facts) - set(allowed)
    if strange:
        raise UnknownFactError(f"{row._meta.label} has no facts {sorted(strange)}")
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    return changed


class Faults:
    """Collects what is wrong, each sentence beside its field, so that a person sees all of it at once."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, field: str, sentence: str) -> None:
        self._found.setdefault(field, []).append(sentence)

    def of(self, row: models.Model, *, exclude: Iterable[str] = ()) -> None:
        """Add what the model itself finds: fields too long, unknown choices, numbers already in use."""
        try:
            row.full_clean(exclude=set(exclude) | set(self._found))
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                self._found.setdefault(field, []).extend(sentences)

    def refuse(self) -> None:
        """Raise ValidationError if anything was added."""
        if self._found:
            raise ValidationError(self._found)

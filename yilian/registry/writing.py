"""Setting facts on a row: only known ones, checked all together, and knowing which have changed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
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
    changed = [name for name, value in facts.items() if _present(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    return changed


def _present(row: models.Model, name: str) -> Any:
    """Return a fact, or None for a key of a new row that was not set yet."""
    try:
        return getattr(row, name)
    except ObjectDoesNotExist:
        return None


class Faults:
    """Collects what is wrong, each sentence beside its field, so that a person sees all of it at once."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, field: str, sentence: str) -> None:
        self._found.setdefault(field, []).append(sentence)

    def of(self, row: models.Model, *, exclude: Iterable[str] = (), ask_database: bool = True) -> None:
        """Add what the model itself finds: fields too long, unknown choices, numbers already in use.

        `ask_database` False leaves uniqueness and constraints to the write itself, where nothing can clash. A key whose
        noun is at hand is not looked for again.
        """
        at_hand = {field.name for field in row._meta.concrete_fields if row._state.fields_cache.get(field.name)}
        left_out = {*exclude, *self._found}
        self._ask(row.clean_fields, exclude=left_out | at_hand)
        self._ask(row.clean)
        if ask_database:
            left_out |= set(self._found)
            self._ask(row.validate_unique, exclude=left_out)
            self._ask(row.validate_constraints, exclude=left_out | set(self._found))

    def _ask(self, check: Callable[..., None], **how: Any) -> None:
        try:
            check(**how)
        except ValidationError as error:
            for field, sentences in error.update_error_dict({}).items():
                self._found.setdefault(field, []).extend(ValidationError(sentences).messages)

    def refuse(self) -> None:
        """Raise ValidationError if anything was added."""
        if self._found:
            raise ValidationError(self._found)

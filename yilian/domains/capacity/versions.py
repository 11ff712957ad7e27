"""Rows that are written in versions: each change of what they say is a new one, older ones stay to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet

from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow.refusals import StaleFactsError
from yilian.registry.writing import set_facts

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Versions(Generic[Row]):
    """How one kind of such rows is written.

    `says` are the columns a version keeps, `of` is the foreign key by which `model` names its row. `own` returns the
    rows that an actor may write, `check` raises ValidationError with every fault. `noun` is the kind of object in the
    record of access, and `added`, `revised`, `switched` are its actions.
    """

    model: type[Model]
    of: str
    says: tuple[str, ...]
    own: Callable[[Actor], QuerySet[Row]]
    check: Callable[[Row], None]
    not_own: Words
    stale: Words
    noun: str
    added: str
    revised: str
    switched: str

    def add(self, row: Any, facts: dict[str, Any], by: Actor) -> None:
        """Insert a row with its first version; raises ValidationError."""
        row.changed_at = clock.now()
        set_facts(row, facts, allowed=self.says)
        self.check(row)
        with transaction.atomic():
            row.save(force_insert=True)
            self._keep(row, by)
            audit.record(by, self.added, object_kind=self.noun, object_id=row.pk)

    def revise(self, row: Row, facts: dict[str, Any], by: Actor, seen: int | None) -> bool:
        """Write a new version and say whether anything changed; `seen` is the version read before.

        Raises ValidationError, StaleFactsError when there is a newer version than the one seen.
        """
        with transaction.atomic():
            found = self._locked(row, by)
            if seen is not None and seen != found.version:
                raise StaleFactsError({"version": [str(self.stale).format(version=found.version)]})
            changed = set_facts(found, facts, allowed=self.says)
            if not changed:
                return False
            found.version, found.changed_at = found.version + 1, clock.now()
            self.check(found)
            found.save()
            self._keep(found, by)
            audit.record(by, self.revised, object_kind=self.noun, object_id=found.pk, detail={"facts": changed})
        return True

    def switch(self, row: Row, by: Actor, *, is_on: bool) -> bool:
        """Switch a row on or off, which is no version, and say whether anything changed; raises ValidationError."""
        with transaction.atomic():
            found = self._locked(row, by)
            if found.is_on == is_on:
                return False
            found.is_on, found.changed_at = is_on, clock.now()
            found.save(update_fields=["is_on", "changed_at"])
            audit.record(by, self.switched, object_kind=self.noun, object_id=found.pk, detail={"is_on": is_on})
        return True

    def _locked(self, row: Row, by: Actor) -> Any:
        found = self.own(by).select_for_update(of=("self",)).filter(pk=row.pk).first()
        if found is None:
            raise ValidationError(str(self.not_own))
        return found

    def _keep(self, row: Any, by: Actor) -> None:
        said = {name: getattr(row, name) for name in self.says}
        written = {"version": row.version, "written_at": row.changed_at, "written_name": by.name}
        self.model._default_manager.create(**{self.of: row}, **written, **said)

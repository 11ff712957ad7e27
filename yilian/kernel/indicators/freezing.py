"""Freezing a value, and seeing later whether definition or rows have changed since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.models import IndicatorSnapshot


@dataclass(frozen=True)
class Drift:
    """What differs between a snapshot and the same evaluation today."""

    now: Value
    definition_changed: bool
    rows_changed: bool


def freeze(value: Value, *, by: Actor, ground: str, rows_digest: bytes | None = None) -> IndicatorSnapshot:
    """Keep a value as it is now, with digests of its definition and rows; `ground` says what it is frozen for.

    `rows_digest` is given by who counted in another scope than the one in which the value is kept.
    """
    digest = value.rows_digest() if rows_digest is None else rows_digest
    return freeze_all([(value, digest)], by=by, ground=ground)[0]


def freeze_all(values: Iterable[tuple[Value, bytes]], *, by: Actor, ground: str) -> list[IndicatorSnapshot]:
    """Keep values with the digests of their rows, all by one statement; return them in their order."""
    at = clock.now()
    with translation.override("zh-hans"):
        rows = [
            IndicatorSnapshot(
                key=value.indicator.key, title=str(value.indicator.title), unit=str(value.indicator.unit),
                institution_id=value.extent.institution_id, consortium_id=value.extent.consortium_id,
                first_on=value.extent.period.first, last_on=value.extent.period.last, value=value.value,
                part=value.part, whole=value.whole, definition_digest=value.indicator.definition_digest,
                rows_digest=digest, frozen_by_id=by.user_id, frozen_by_name=by.name, frozen_for_id=by.institution_id,
                frozen_at=at, ground=ground,
            )
            for value, digest in values
        ]  # fmt: skip
    return IndicatorSnapshot.objects.bulk_create(rows)


def drift(snapshot: IndicatorSnapshot) -> Drift:
    """Evaluate the snapshot's indicator again, in the scope of the caller, and say what has changed.

    Raises UnknownKeyError when the indicator is no longer declared.
    """
    period = Period(snapshot.first_on, snapshot.last_on)
    value = evaluate(snapshot.key, snapshot.institution_id, snapshot.consortium_id, period=period)
    return Drift(
        now=value,
        definition_changed=value.indicator.definition_digest != bytes(snapshot.definition_digest),
        rows_changed=value.rows_digest() != bytes(snapshot.rows_digest),
    )

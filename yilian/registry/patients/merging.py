"""Two rows that are one person become one, and come apart again when they were not.

The moving itself is done by SQL functions of the owner (see migrations): it must reach every row that points to the
dropped patient, those included that the acting institution does not see. No program merges: `merge` wants a person's
ground, and proof (see `rules`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.rule import evaluate
from yilian.registry.audited import audit
from yilian.registry.models import Patient, PatientMerge
from yilian.registry.models.patient import Sex
from yilian.registry.patients import pairs
from yilian.registry.patients.keys import index_patient
from yilian.registry.patients.rules import nobody_told_them_apart, sameness_is_proven
from yilian.registry.patients.suspecting import compared

REFUSED_BY_DATABASE = "YL002"
TOGETHER = (
    ("identity_masked",),
    ("phone_masked", "phone_sealed", "phone_digest"),
    ("address_sealed",),
    ("birth_on",),
    ("sex",),
    ("region_id",),
    ("ethnicity",),
    ("insurance",),
    ("guardian_name", "guardian_relation", "guardian_phone_sealed"),
)
"""Facts that are taken over together when the kept row lacks the first of them."""


def merge(keep: Patient, drop: Patient, *, by: Actor, ground: str, is_verified: bool = False) -> PatientMerge:
    """Join `drop` into `keep` and return the record by which `unmerge` parts them; both rows stay.

    The kept row takes over facts it lacks. `is_verified` says that somebody saw the documents or the person. Raises
    ValidationError when there is no ground, when sameness is neither proven nor verified, when somebody said that they
    are not the same, when one of the two is merged already, or when both have open business that may exist only once
    per person.
    """
    if not ground.strip():
        raise ValidationError({"ground": [_("请填写判断为同一人的依据")]})
    with scope(by):
        _read_anew(keep, drop)
        _insist_on_proof(keep, drop, by, is_verified)
        filled = _take_over(keep, drop)
        values = [keep.pk, drop.pk, Jsonb(filled), by.user_id, ground.strip()[:300], clock.now()]
        merge_id = _call("select patient_merge(%s, %s, %s, %s, %s, %s)", values)
        _store(keep, [name for group in TOGETHER if group[0] in filled for name in group])
        drop.refresh_from_db()
        index_patient(keep)
        pairs.note(keep, by=by)
        audit(by, "merged", keep, ground=ground, detail={"dropped": str(drop.pk), "verified": is_verified})
        return PatientMerge.objects.get(pk=merge_id)


def unmerge(merged: PatientMerge, *, by: Actor) -> None:
    """Part what a merge joined: every moved row goes back, facts taken over are given up if nobody changed them since.

    Raises ValidationError when it was parted already, or when the kept row was itself merged later.
    """
    with scope(by):
        _call("select patient_part(%s, %s)", [merged.pk, clock.now()])
        keep, drop = Patient.objects.get(pk=merged.kept_id), Patient.objects.get(pk=merged.dropped_id)
        _store(keep, _give_up(keep, drop, merged.filled))
        index_patient(keep)
        index_patient(drop)
        pairs.note(keep, by=by)
        pairs.note(drop, by=by)
        audit(by, "unmerged", keep, detail={"dropped": str(drop.pk)})


def _insist_on_proof(keep: Patient, drop: Patient, by: Actor, is_verified: bool) -> None:
    """Refuse a merge that nothing proves, or that somebody has spoken against."""
    comparison = compared(keep.pk, drop.pk, by.institution_id)
    told_apart = pairs.told_apart_from(keep).get(drop.pk)
    needed = (sameness_is_proven, nobody_told_them_apart)
    broken = evaluate(needed, comparison, is_verified=is_verified, told_apart=told_apart)
    if broken:
        raise ValidationError([one.sentence() for one in broken])


def _read_anew(*both: Patient) -> None:
    """Lock the rows and read them: what a page showed a while ago may have been changed by somebody else since."""
    locked = Patient.objects.select_for_update().filter(pk__in=[row.pk for row in both]).order_by("pk")
    list(locked.values_list("pk"))
    for row in both:
        row.refresh_from_db()


def _take_over(keep: Patient, drop: Patient) -> list[str]:
    filled = []
    for group in TOGETHER:
        if _is_empty(getattr(keep, group[0])) and not _is_empty(getattr(drop, group[0])):
            for name in group:
                setattr(keep, name, getattr(drop, name))
            filled.append(group[0])
    return filled


def _give_up(keep: Patient, drop: Patient, filled: list[str]) -> list[str]:
    given: list[str] = []
    blank = Patient()
    for group in TOGETHER:
        if group[0] in filled and _plain(getattr(keep, group[0])) == _plain(getattr(drop, group[0])):
            for name in group:
                setattr(keep, name, getattr(blank, name))
            given += group
    return given


def _store(keep: Patient, names: list[str]) -> None:
    """Save the named facts; who knows the patient was changed by SQL and is read back, never written."""
    keep.version += 1
    keep.changed_at = clock.now()
    keep.save(update_fields=[*names, "version", "changed_at"])
    keep.refresh_from_db()


def _is_empty(value: Any) -> bool:
    return value in (None, "", Sex.UNKNOWN)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _call(statement: str, values: list[Any]) -> Any:
    """Run one of the SQL functions; what it refuses becomes a sentence."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0]
    except IntegrityError:
        raise ValidationError(_("两名患者有不能并存的未结事项（如同一问题的转诊），请先办结其中一项")) from None
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != REFUSED_BY_DATABASE:
            raise
        raise ValidationError(_("其中一名患者已被合并，或此合并已不能撤销，请刷新后查看")) from None

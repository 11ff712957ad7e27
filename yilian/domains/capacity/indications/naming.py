"""The indications that a case names: the look-up behind the question, what is kept, what rules ask."""

from typing import Any

from django.db import connection

from yilian.domains.capacity.indications.matching import Match, match, offered
from yilian.domains.capacity.models import Direction, Indication, IndicationVersion, UsedIndication
from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.kernel.workflow.models import Case

KEY, NAME, MOST = "indication", "indications", 20
UNCONFIRMED = "待本地核定"
BESIDE = """
select v.condition from capacity_usedindication u join capacity_indicationversion v on v.id = u.version_id
where u.case_id = %s and v.direction <> %s order by u.indication_id
"""


def _found(row: Indication, *, is_for_diagnosis: bool = False) -> Found:
    parts = (
        "●" if is_for_diagnosis else "", str(row.consortium or ""), "" if row.is_confirmed else UNCONFIRMED,
        " ".join(row.diagnoses),
    )  # fmt: skip
    return Found(row.pk, row.condition, " ".join(part for part in parts if part))


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return indications; `context` may name the direction and the diagnosis."""
    direction = context.get("direction", "")
    found: list[Match] = match(
        actor.institution_id,
        direction=direction if direction in Direction.values else "",
        diagnosis=context.get("diagnosis", "")[:20],
        text=text,
    )
    return [_found(one.indication, is_for_diagnosis=one.is_for_diagnosis) for one in found[:MOST]]


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    text = str(value)
    key = int(text) if text.isdecimal() and len(text) < 10 else None
    row = offered(actor.institution_id).filter(pk=key).first() if key else None
    return _found(row) if row else None


lookups.add(Lookup(KEY, _search, _resolve))


def name(case: Case, answers: Answers, actor: Any = None) -> None:
    """Keep what was named, each in its present version; no answer to the question leaves all as it is."""
    if NAME not in answers.given:
        return
    wanted = answers.get(NAME) or []
    UsedIndication.objects.filter(case_id=case.pk).delete()
    versions = IndicationVersion.objects.filter(indication__in=wanted).order_by("indication", "-version")
    UsedIndication.objects.bulk_create(
        UsedIndication(case_id=case.pk, indication_id=version.indication_id, version=version)
        for version in versions.distinct("indication")
    )


def named(case: Case) -> list[UsedIndication]:
    """Return what a case names, in the order of the catalogue."""
    return rows.where(UsedIndication, "case_id = %s order by indication_id", [case.pk])


def conditions_beside(case: Case, direction: str) -> list[str]:
    """Return the conditions that a case names, as they were read, and that are for another direction than this."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, [case.pk, direction])
        return [condition for (condition,) in cursor.fetchall()]


def recall(case: Case) -> dict[str, Any]:
    """Return what a case names as the answer to its question."""
    return {NAME: [used.indication_id for used in named(case)]}

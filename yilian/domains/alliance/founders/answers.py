"""Who is to found a consortium besides its lead, and what each has answered so far."""

from collections.abc import Iterable, Mapping
from typing import Any

from yilian.domains.alliance.admission.checking import Checked, check_all
from yilian.domains.alliance.models import Establishment, Filing
from yilian.kernel import clock
from yilian.registry.models import Institution

Founded = Filing | Establishment
Answer = Mapping[str, Any]
"""{institution, agreed, by, on} and for those who decline {reason, note}: what a founding case keeps of each answer."""


def founders_of(case: Founded) -> list[int]:
    """Return the institutions that are to be members besides the lead, in the order they were listed."""
    return [one for one in dict.fromkeys(case.members) if one != lead_of(case)]


def lead_of(case: Founded) -> int | None:
    """Return the institution that is to lead."""
    return case.applicant_id if isinstance(case, Filing) else case.lead_id


def answers_of(case: Founded) -> dict[int, Answer]:
    """Return the last answer of each founding member that has given one."""
    listed = set(founders_of(case))
    return {answer["institution"]: answer for answer in case.responses if answer["institution"] in listed}


def agreed(case: Founded) -> set[int]:
    """Return the founding members that have agreed."""
    return {one for one, answer in answers_of(case).items() if answer["agreed"]}


def with_answer(case: Founded, answer: Answer) -> list[Answer]:
    """Return the answers with this one in the place of an earlier one of the same institution."""
    rest = [one for one in case.responses if one["institution"] != answer["institution"]]
    return [*rest, answer]


def institutions(keys: Iterable[int]) -> list[Institution]:
    """Return institutions in the order of their keys here; unknown keys are left out."""
    known = Institution.objects.in_bulk(list(keys))
    return [known[key] for key in keys if key in known]


def checked_founders(case: Founded) -> list[tuple[Institution, list[Checked]]]:
    """Return each founding member with its six conditions as they stand today; asked once while this object lives."""
    kept: list[tuple[Institution, list[Checked]]] | None = case.__dict__.get("_checked_founders")
    if kept is None or [one.pk for one, _checked in kept] != founders_of(case):
        rows = institutions(founders_of(case))
        found = check_all(rows, clock.today(), lead_id=lead_of(case))
        kept = case.__dict__["_checked_founders"] = [(one, found[one.pk]) for one in rows]
    return kept

"""What the steps of a period do to the sheets of its members."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.assessment.gaming import flag_suspicions
from yilian.domains.assessment.gathering import Place, gather, places_of
from yilian.domains.assessment.models import AssessmentPeriod, Sheet, SheetState
from yilian.domains.assessment.parameters import ALL_SCORES
from yilian.domains.assessment.period.ranking import as_published, handed_over, ranked, table_of
from yilian.domains.assessment.schemes.keeping import in_force, known
from yilian.domains.assessment.scoring import caps_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import Period
from yilian.kernel.workflow import parties
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import members_of
from yilian.registry.points import points_of
from yilian.registry.yearly_results import authority_of

PART_OF = "part_of"


def competent_authority(period: Case) -> dict[str, object]:
    """Return the column of the authority: the one that the consortium answers to."""
    authority = authority_of(period.consortium) if period.consortium else None
    return {"authority_id": authority.pk if authority else None}


def everybody_assessed(period: AssessmentPeriod, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the members: they see that a period runs, and what is published of it."""
    members = [row.institution_id for row in members_of(period.consortium_id or 0, period.last_on or clock.today())]
    return {"member": [one for one in members if one != period.lead_id]}


def freeze_scheme(moment: Moment) -> None:
    """Keep the scheme with the period: what is changed later does not reach it."""
    period: AssessmentPeriod = moment.case
    scheme = known()[period.scheme] if period.scheme else in_force(period.consortium, period.last_on)
    moment.set(scheme=scheme.code, scheme_name=scheme.title, items=list(scheme.items),
               caps=caps_of(period.consortium),
               claim=f"{period.consortium_id} {period.first_on} {period.last_on}")  # fmt: skip


def open_sheets(moment: Moment) -> None:
    """Open a sheet for every member and fill in what is known now."""
    period: AssessmentPeriod = moment.case
    places = _places(period)
    for place in places:
        _open_sheet(period, place, by=moment.actor)
    _fill(moment, places, None)


def refresh(moment: Moment) -> None:
    """Count everything anew while the data are open."""
    _fill(moment, _places(moment.case), None)


def lock_data(moment: Moment) -> None:
    """Count a last time, freeze every value, point out what looks odd, and let the members assess themselves."""
    _fill(moment, _places(moment.case), moment.actor)
    moment.set(locked_at=moment.at)
    for sheet in _sheets(moment.case):
        flag_suspicions(sheet, by=moment.actor, at=moment.at)
        take(sheet, "release", by=moment.actor)


def unlock_data(moment: Moment) -> None:
    """Take the sheets back; what members and reviewers have said stays on them."""
    moment.set(locked_at=None)
    for sheet in _sheets(moment.case):
        if sheet.state != SheetState.COLLECTING:
            take(sheet, "recall", by=moment.actor, note=moment.case.unlock_reason)


def cancel_sheets(moment: Moment) -> None:
    """Nothing is assessed; the same months may be assessed anew."""
    moment.set(claim=None)
    for sheet in _sheets(moment.case):
        take(sheet, "cancel", by=moment.actor)


def publish(moment: Moment) -> None:
    """Publish the ranking, and hand the year's result of an alliance to its life-cycle."""
    period: AssessmentPeriod = moment.case
    sheets = ranked([sheet for sheet in _sheets(period) if sheet.state == SheetState.FINAL])
    table = table_of(sheets)
    total = None if table["total"] is None else Decimal(table["total"])
    is_passed = None if total is None else total >= Decimal(period.caps["pass_mark"])
    shown = as_published(table, period.caps.get("published", ALL_SCORES))
    moment.set(results=shown, published_on=clock.today(), total=total, is_passed=is_passed)
    for sheet in sheets:
        Sheet.objects.filter(pk=sheet.pk).update(rank=sheet.rank)
        take(sheet, "publish", by=moment.actor)
    moment.set(standing=handed_over(period, table, by=moment.actor))


def _places(period: AssessmentPeriod) -> list[Place]:
    span = Period(period.first_on, period.last_on)
    return places_of(members_of(period.consortium_id, period.last_on), span)


def _sheets(period: AssessmentPeriod) -> list[Sheet]:
    rows = Sheet.objects.filter(period=period.pk).exclude(state=SheetState.CANCELLED)
    return list(rows.select_related("period", "member").order_by("number"))


def _open_sheet(period: AssessmentPeriod, place: Place, *, by: Actor) -> None:
    fixed = {
        "period_id": period.pk, "member_id": place.institution_id, "authority_id": period.authority_id,
        "consortium_id": period.consortium_id, "first_on": place.period.first, "last_on": place.period.last,
        "title": f"{place.name} {period.last_on.year}"[:200],
    }  # fmt: skip

    def attach(case: Case) -> None:
        Sheet.objects.filter(pk=case.pk).update(**fixed)
        for name, value in fixed.items():
            setattr(case, name, value)
        parties.convene(case)
        link(case, period, PART_OF)

    open_case("assessment", by=by, then=attach, along=True)


def _fill(moment: Moment, places: list[Place], freeze_by: Actor | None) -> None:
    """Write values and points of every sheet, and which values are missing where."""
    period: AssessmentPeriod = moment.case
    found = gather(period.items, places, period.consortium_id, freeze_by=freeze_by)
    points = points_of(period.consortium_id, Period(period.first_on, period.last_on))
    for place in places:
        handed = [
            {"key": one.key, "title": one.title, "points": str(one.points), "given_on": str(one.given_on),
             "cite": str(one.cite), "case": str(one.case_id) if one.case_id else ""}
            for one in points.get(place.institution_id, [])
        ]  # fmt: skip
        rows = Sheet.objects.filter(period=period.pk, member=place.institution_id)
        rows.update(lines=found[place.institution_id], points=handed)
    moment.set(coverage=_coverage(period, places, found))


def _coverage(
    period: AssessmentPeriod, places: list[Place], found: Mapping[int, Mapping[str, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """Return the items some members have no value of, or not of every month, with their names."""
    lines = []
    for item in period.items:
        if not item["indicator"]:
            continue
        missing = [words for place in places if (words := _gap(place.name, found[place.institution_id][item["key"]]))]
        if missing:
            lines.append({"item": item["key"], "title": item["title"], "missing": missing, "among": len(places)})
    return lines


def _gap(name: str, line: Mapping[str, Any]) -> str:
    """Return what is missing of a member's line: all of it, or some months that were not fed; "" for nothing."""
    if line["value"] is None:
        return name
    missing = line.get("missing")
    return _("{name}（缺 {n} 个月）").format(name=name, n=missing) if missing else ""

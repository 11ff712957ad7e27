"""The bodies of the city group: its council with an outsider, the assessment group, and who answers at members."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.domains.governance.bodies.contacting import name_contact
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.registry.consortia import members_of
from yilian.registry.models import Consortium, Practitioner

SINCE = date(2024, 3, 1)
OFFICES = (
    "院长", "分管副院长", "医务部主任", "护理部主任", "人事科科长", "科教科科长", "财务科科长", "运营管理部主任",
)  # fmt: skip
OUTSIDER = {"position": "member", "name": "邵文清", "organisation": "江城生物医药研究院", "office": "副院长"}
QUALITY_SEATS = 3


def bring_bodies(founder: Founder) -> None:
    """Found three bodies of the city group and name two contacts."""
    group = Consortium.objects.get(name=CITY_GROUP)
    places = [row.institution_id for row in members_of(group.pk, SINCE)]
    people = {place: list(Practitioner.objects.filter(institution=place, ended_on=None)[: len(OFFICES)])
              for place in places}  # fmt: skip
    heads = [row(people[place][0], "member", "院长") for place in places[1:]]
    lead = _of_the_lead(people[places[0]])
    chair, vice = lead[0] | {"position": "chair"}, lead[1] | {"position": "vice"}
    first_vice = heads[0] | {"position": "vice"}
    _found(founder, group, "council", "医疗集团理事会", [chair, vice, first_vice, *heads[1:], OUTSIDER])
    _found(founder, group, "assessment", "综合绩效考核工作小组", [chair, vice, *lead[2:], *heads], seated_in="医务部")
    _found(founder, group, "quality", "医疗质量工作组", [lead[2] | {"position": "chair"}, *heads[:QUALITY_SEATS]])
    for place in places[:2]:
        by = founder.office[place]
        with scope(by):
            name_contact(by=by, consortium_id=group.pk, department="医务部", person=by.name, phone="0990-0000000")


def _of_the_lead(people: list[Practitioner]) -> list[dict[str, Any]]:
    """Return a row for each person; in a house with few people some hold several offices."""
    first, rest = people[:2], people[2:]
    held = ["、".join(OFFICES[2 + place :: len(rest)]) for place in range(len(rest))]
    return [row(one, "member", office) for one, office in zip([*first, *rest], [*OFFICES[:2], *held], strict=True)]


def row(person: Practitioner, position: str, office: str) -> dict[str, Any]:
    """Return a row of the table of seats."""
    return {"position": position, "person": person.pk, "office": office}


def _found(
    founder: Founder, group: Consortium, sort: str, name: str, seats: list[Mapping[str, Any]], **other: Any
) -> None:
    by = founder.office[group.lead_id]
    answers = {
        "consortium": group.pk, "sort": sort, "name": name, "since_on": SINCE, "decision": "医疗集团成立大会决定",
        "seats": seats,
    }  # fmt: skip
    with scope(by):
        take(open_case("body", by=by, answers=answers | other), "found", by=by)

"""What must hold of the seats of a body, wherever they are written (S3 11, S4 3.1, S0 模版 9)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as now

from yilian.domains.governance.bodies.seating import Row, people_of
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models.body import BodyKind, Position
from yilian.kernel.rules.rule import Verdict
from yilian.registry.consortia import lead_of
from yilian.registry.models import Institution, Practitioner

LEAD_DEPARTMENTS = {
    "医务": ("医务", "医教", "医政"), "护理": ("护理",), "人事": ("人事", "人力"), "科教": ("科教", "科研", "教学"),
    "财务": ("财务", "计财"), "运管": ("运管", "运营", "运行"),
}  # fmt: skip
"""The departments of the lead that sit in the assessment group (S4 3.1), with the words people write for them."""
HEAD, NOT_HEAD = "院长", "副院长"


def are_named(rows: Iterable[Row]) -> Verdict:
    """Say whether each row names a person of a member, or a person and where that person comes from."""
    bad = [
        number
        for number, row in enumerate(rows, 1)
        if not row.get("person") and not (row.get("name") and row.get("organisation"))
    ]
    return Verdict(not bad, now("第 {rows} 行未写明人员或单位").format(rows=now("、").join(map(str, bad))))


def come_from_members(rows: Iterable[Row], consortium_id: int | None) -> Verdict:
    """Say whether the practitioners belong to members and still work there."""
    members = set(members_today(consortium_id))
    people = people_of(rows).values()
    strange = [one.name for one in people if one.institution_id not in members or one.ended_on is not None]
    return Verdict(not strange, now("不是成员单位的在职人员：{names}").format(names=now("、").join(strange)))


def sit_once(rows: Iterable[Row]) -> Verdict:
    """Say whether nobody is written twice."""
    keys = [row.get("person") or f"{row.get('name')} {row.get('organisation')}" for row in rows]
    return Verdict(len(set(keys)) == len(keys), now("有人被重复填写"))


def have_one_chair(rows: Iterable[Row], kind: str) -> Verdict:
    """Say whether there is one chair, and in a council a vice chair (S3 11)."""
    positions = [row.get("position") for row in rows]
    if (chairs := positions.count(Position.CHAIR)) != 1:
        return Verdict(False, now("填写了 {n} 名正职").format(n=chairs))
    return Verdict(kind != BodyKind.COUNCIL or Position.VICE in positions, now("尚未填写副职"))


def assessment_is_complete(rows: Iterable[Row], consortium_id: int | None, on: date) -> Verdict:
    """Say whether the assessment group is composed as S4 3.1 wants it; the detail names what is missing."""
    given = list(rows)
    lead = lead_of(consortium_id, on)
    if lead is None:
        return Verdict(None, now("牵头单位尚未登记"))
    people = people_of(given)
    missing = [*_leaders(given, people, lead), *_departments(given, people, lead), *_members(people, consortium_id)]
    return Verdict(not missing, now("；").join(missing))


def _from_lead(row: Row, people: Mapping[int, Practitioner], lead: Institution) -> bool:
    person = people.get(row.get("person") or 0)
    return person is not None and person.institution_id == lead.pk


def _leaders(rows: list[Row], people: Mapping[int, Practitioner], lead: Institution) -> list[str]:
    chairs = [row for row in rows if row.get("position") == Position.CHAIR and _from_lead(row, people, lead)]
    offices = [row.get("office") or "" for row in chairs]
    missing = []
    if not any(HEAD in office and NOT_HEAD not in office for office in offices):
        missing.append(now("组长应为牵头医院院长"))
    vices = [row for row in rows if row.get("position") == Position.VICE and _from_lead(row, people, lead)]
    return missing if vices else [*missing, now("副组长应为牵头医院分管领导")]


def _departments(rows: list[Row], people: Mapping[int, Practitioner], lead: Institution) -> list[str]:
    offices = [_office(row, people) for row in rows if _from_lead(row, people, lead)]
    missing = [
        name
        for name, words in LEAD_DEPARTMENTS.items()
        if not any(word in office for office in offices for word in words)
    ]
    return [now("牵头医院缺少部门负责人：{names}").format(names=now("、").join(missing))] if missing else []


def _office(row: Row, people: Mapping[int, Practitioner]) -> str:
    department = people[row["person"]].department
    return f"{row.get('office') or ''} {department or ''}"


def _members(people: Mapping[int, Practitioner], consortium_id: int | None) -> list[str]:
    seated = {person.institution_id for person in people.values()}
    absent = Institution.objects.filter(pk__in=set(members_today(consortium_id)) - seated).order_by("pk")
    names = [one.name for one in absent]
    return [now("成员单位负责人未列入：{names}").format(names=now("、").join(names))] if names else []

"""The consortia of the demo city: founded, joined, assessed and warned through the engine and its rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from yilian.config.demo.acting import taken
from yilian.config.demo.layout import Layout
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.founders.answers import founders_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case
from yilian.registry.attestable import attestables
from yilian.registry.consortia import authority_for
from yilian.registry.memberships import register_grid
from yilian.registry.models import Consortium, Institution, Region
from yilian.registry.standing import attest

CENTRES = ("staff", "finance", "public_health", "information", "logistics")
UNCHANGED = ("assets", "affiliation", "funding", "identity")
PROMISES = {"promises_cooperation": True, "promises_use": True, "promises_notice": True}
ALLIANCE_ANSWERS = {"basis": "second_level", "coverage": ["990102", "990121", "990122"]}
CITY_REGIONS = ("990102", "990103", "990104")
CITY_MEMBERS = ("chinese", "mother", "mind", "donghu", "xiling", "hubin", "nanyu")
NETWORK_MEMBERS = ("beiling", "jinsha", "qingfeng", "shiqiao", "liuhe", "baisha", "yunling")
CITY_GROUP = "江城市第一人民医院城市医疗集团"
NORTH, SOUTH = "北岭县医疗卫生共同体", "金沙县医疗卫生共同体"


@dataclass(frozen=True)
class Group:
    """A consortium founded for a region: its form, lead, regions, members, the authority that approves, and the day."""

    form: str
    name: str
    lead: str
    regions: tuple[str, ...]
    members: tuple[str, ...]
    authority: str
    on: date


GROUPS = (
    Group("city_group", CITY_GROUP, "first", CITY_REGIONS, CITY_MEMBERS, "city_office", date(2022, 3, 1)),
    Group("county_community", NORTH, "beiling", ("990121",), ("beiling_chinese", "shiqiao", "liuhe"), "beiling_office",
          date(2022, 5, 9)),
    Group("county_community", SOUTH, "jinsha", ("990122",), ("baisha",), "jinsha_office",
          date(2022, 6, 20)),
    Group("telemedicine_network", "江城市远程医疗协作网", "first", ("990100",), NETWORK_MEMBERS, "city_office",
          date(2022, 9, 1)),
)  # fmt: skip
ALLIANCES = (
    ("江城市心血管内科专科联盟", "03.04", "first", ("beiling", "jinsha", "donghu"), {2024: 88, 2025: 92}),
    ("江城市骨科专科联盟", "04.03", "chinese", ("beiling_chinese", "qingfeng"), {2024: 74, 2025: 52}),
)
"""Name, specialty, lead, first members, and the score of each assessed year: 52 is a yellow card."""
FILED = date(2023, 4, 10)
CONFIRMED, SEEN = date(2022, 1, 10), "查验执业许可证副本、科室设置批复及现场"


@dataclass
class Founder:
    """Who founds and oversees in the demo: one office person per institution, one person per authority."""

    places: Mapping[str, Institution]
    office: Mapping[int, Actor]
    authorities: Mapping[int, Actor]
    layout: Layout

    @property
    def authority(self) -> Actor:
        return self.authorities[self.places["city_office"].pk]

    def at(self, key: str) -> Actor:
        return self.office[self.places[key].pk]

    def keys(self, *names: str) -> list[int]:
        return [self.places[name].pk for name in names]


def bring_consortia(founder: Founder, today: date) -> None:
    """Bring in every consortium with its grid, members, plaques and assessments up to today."""
    _confirm_places(founder)
    for group in GROUPS:
        _establish(founder, group)
    for name, specialty, lead, members, scores in ALLIANCES:
        alliance = _file(founder, name, specialty, lead, members)
        for year, score in scores.items():
            _assess(founder, alliance, lead, year, score)
    heart = _consortium("江城市心血管内科专科联盟")
    _join(founder, heart, "xiling", "first", today.replace(day=1))
    _apply(founder, heart, "bone", today)
    _put_up_plaque(founder, _consortium(CITY_GROUP), "donghu", "first", date(2022, 8, 1))
    _revise_charter(founder, _consortium(CITY_GROUP), "first", date(2025, 2, 20))


def _confirm_places(founder: Founder) -> None:
    """Let the nearest authority confirm what the register says of each institution and the conditions rest on."""
    for place in founder.places.values():
        authority = None if place.is_authority else authority_for(place.region_id)
        if authority is None:
            continue
        by, day = founder.authorities[authority.pk], max(CONFIRMED, place.founded_on or CONFIRMED)
        with _standing(day), scope(by):
            for condition in attestables:
                if condition.facts:
                    attest(by=by, institution=place, condition=condition.key, is_met=True, evidence=SEEN, on=day)


def _establish(founder: Founder, group: Group) -> None:
    lead, authority = founder.at(group.lead), founder.authorities[founder.places[group.authority].pk]
    answers: dict[str, Any] = {
        "form": group.form, "name": group.name, "plan": "规划布局、分区包段、防治结合，实行网格化管理。",
        "members": founder.keys(*founder.layout.with_twins(group.members)),
        "management_body": "管理委员会办公室", "unchanged": list(UNCHANGED),
        "charter_on": group.on, "charter_gist": "明确责任、权利、义务与利益共享机制。", **_area(founder, group),
    }  # fmt: skip
    with _standing(group.on):
        case = _opened("establishment", lead, answers, "alliance.charter")
        _attach(case, "alliance.agreement", lead)
        case = _agreed(founder, taken(case, "submit", lead))
        number = f"江卫发〔{group.on.year}〕{group.on.month}号"
        taken(case, "approve", authority, approval_number=number, approved_on=group.on)


def _area(founder: Founder, group: Group) -> dict[str, Any]:
    """Return what a network covers, or the grid that a group or community answers for."""
    if group.form == "telemedicine_network":
        return {"coverage": list(group.regions), "closeness": "loose"}
    regions = Region.objects.filter(pk__in=group.regions)
    population = sum(region.population or 0 for region in regions)
    grid = register_grid(by=founder.authority, name=f"{group.name}网格", regions=regions, population=population)
    return {
        "grid": grid.pk,
        "centres": list(CENTRES),
        "closeness": "tight",
        "lead_reason": "代表辖区医疗水平。",
    }


def _file(founder: Founder, name: str, specialty: str, lead: str, members: tuple[str, ...]) -> int:
    """Found a specialty alliance by its filing; return the key of the consortium."""
    secretary, authority = founder.at(lead), founder.authority
    seats = [{"position": "chair", "name": secretary.name, "institution": founder.places[lead].pk}]
    seats += [
        {"position": "vice", "name": founder.at(key).name, "institution": founder.places[key].pk} for key in members
    ]
    with _standing(FILED):
        answers = {
            "name": name,
            "specialty": specialty,
            "feasibility": "需求明确，牵头单位学科基础扎实。",
            **ALLIANCE_ANSWERS,
        }
        case = _opened("filing", secretary, answers, "alliance.feasibility")
        case = taken(case, "submit", secretary)
        case = taken(case, "consent", authority, consent_number="江卫医函〔2023〕18号")
        materials = {
            "charter_on": FILED, "charter_gist": "共八章，明确责任、权利和义务。", "council_since": FILED,
            "seats": seats, "secretariat": "医务部", "members": founder.keys(*members),
        }  # fmt: skip
        case = taken(case, "prepare", secretary, **materials)
        for kind in ("alliance.charter", "alliance.agreement"):
            _attach(case, kind, secretary)
        case = _agreed(founder, taken(case, "present", secretary))
        case = taken(case, "approve", authority, approval_number="江卫医发〔2023〕26号", approved_on=FILED)
    return case.consortium_id


def _agreed(founder: Founder, case: Any) -> Any:
    """Let every member that is to found the consortium agree."""
    for member in founders_of(case):
        case = taken(case, "agree", founder.office[member])
    return case


def _assess(founder: Founder, consortium: int, lead: str, year: int, score: int) -> None:
    scores = {dimension.score: score + offset for dimension, offset in zip(DIMENSIONS, (2, -1, 0, 1, -2), strict=True)}
    with _standing(date(year, 12, 8)):
        case = _opened("appraisal", founder.authority, {"consortium": consortium, "year": year})
        case = taken(case, "notify", founder.authority)
        own = {dimension.self_score: min(100, score + 4) for dimension in DIMENSIONS}
        case = taken(case, "self_assess", founder.at(lead), self_report="自评报告见附件。", **own)
        case = taken(case, "score", founder.authority, opinion="依据年度指标评定。", **scores)
        taken(case, "publish", founder.authority)


def _join(founder: Founder, consortium: int, member: str, lead: str, day: date) -> None:
    with _standing(day):
        case = _applied(founder, consortium, member)
        taken(taken(case, "submit", founder.at(member)), "admit", founder.at(lead), joined_on=day)


def _apply(founder: Founder, consortium: int, member: str, day: date) -> None:
    """Leave an application with an unmet condition waiting for its applicant."""
    with _standing(day):
        _applied(founder, consortium, member)


def _applied(founder: Founder, consortium: int, member: str) -> Case:
    answers = {
        "consortium": consortium,
        "statement": "愿按协议开展双向转诊与专科共建。",
        "contact": founder.at(member).name,
        "contact_phone": "0000-1234567",
    }
    return _opened("admission", founder.at(member), answers, "alliance.agreement")


def _put_up_plaque(founder: Founder, consortium: int, member: str, lead: str, day: date) -> None:
    with _standing(day):
        answers = {"consortium": consortium, "evaluation": "协议履行良好，符合挂牌条件。", **PROMISES}
        case: Any = _opened("plaque", founder.at(member), answers)
        case = taken(case, "request", founder.at(member))
        taken(case, "consent", founder.at(lead), approved_name=case.plaque_name, consented_on=day)


CLAUSES = (
    ("宗旨", "general", "成员单位在自愿、平等的基础上分工协作，法人地位保持不变。"),
    ("牵头单位的职责", "lead", "接收疑难急危重症患者，派专家下沉，并按约定时限答复转诊。"),
    ("成员单位的职责", "member", "按转诊指征上转，承接下转患者的康复和随访。"),
    ("责任分担", "sharing", "检查检验结果互认；因互认产生的争议先行协商，协商不成的提交纠纷解决机构。"),
)


def _revise_charter(founder: Founder, consortium: int, lead: str, day: date) -> None:
    """Record the second version of a charter, in force ten days after its adoption."""
    answers = {
        "consortium": consortium, "changes": "增加双向转诊与检查检验结果互认的责任条款。", "basis": "members",
        "resolution": "成员单位逐一书面同意。", "adopted_on": day, "effective_on": day + timedelta(days=10),
        "clauses": [{"title": title, "about": about, "text": text} for title, about, text in CLAUSES],
    }  # fmt: skip
    with _standing(day):
        case = _opened("charter", founder.at(lead), answers, "alliance.charter")
        _attach(case, "alliance.resolution", founder.at(lead))
        taken(case, "adopt", founder.at(lead))


def _consortium(name: str) -> int:
    return Consortium.objects.values_list("pk", flat=True).get(name=name)


def _opened(kind: str, by: Actor, answers: Mapping[str, Any], attached: str = "") -> Case:
    with scope(by):
        case = open_case(kind, by=by, answers=answers)
    if attached:
        _attach(case, attached, by)
    return case


def _attach(case: Case, kind: str, by: Actor) -> None:
    with scope(by):
        attach(case, ContentFile(f"%PDF-1.4\n{kind}\n%%EOF".encode(), "材料.pdf"), kind, by=by)


def _standing(day: date) -> Any:
    """Stand at ten in the morning of a day, or now if that is still to come."""
    moment = timezone.make_aware(datetime.combine(day, time(10)))
    return clock.standing_at(min(moment, timezone.now()))

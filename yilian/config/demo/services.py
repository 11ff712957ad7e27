"""The service directory of the demo: what every institution takes, and which service a referral asks for."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from yilian.config.demo.layout import Layout
from yilian.domains.capacity.directory.choosing import misfits_age
from yilian.domains.capacity.directory.writing import offer_service, revise_service, switch_service
from yilian.domains.capacity.models import Service
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.almanac.keeping import kept
from yilian.registry.models import Department, Institution, Patient

AGO = timedelta(days=400)
LATER = timedelta(days=30)
TAKEN: dict[str, tuple[str, ...]] = {
    "large": ("up", "lateral"), "chinese": ("up", "lateral"), "mother": ("up", "lateral"), "mind": ("up", "lateral"),
    "medium": ("up", "down", "lateral"), "community": ("up", "down"), "township": ("up", "down"),
    "town": ("up", "down"), "private": ("down", "lateral"),
}  # fmt: skip
FEATURED = {
    "first": "心血管内科", "chinese": "中医科", "mother": "产科", "mind": "精神科", "donghu": "骨科",
    "xiling": "普外科", "hubin": "全科医疗科", "nanyu": "康复科", "rehab": "康复科", "bone": "骨科",
    "beiling": "神经内科", "beiling_chinese": "中医科", "shiqiao": "中医科", "liuhe": "康复科", "jinsha": "心血管内科",
    "baisha": "全科医疗科", "qingfeng": "普外科", "yunling": "全科医疗科",
    "province_hospital": "神经外科", "elsewhere": "急诊科",
}  # fmt: skip
"""The one service for which each place is known (一院一品)."""
PAPERS = "请随单附近期病历摘要和检查检验结果；病情变化先电话联系。"
PAPERS_LATER = f"{PAPERS}有影像资料的一并带来。"
CHILDREN = ("儿科", 14)


def bring_services(places: Mapping[str, Institution], layout: Layout, seed: int) -> None:
    """Let every institution offer a service for each of its departments; one is closed, one has a second version."""
    chance = Random(f"services {seed}")  # noqa: S311 - repeatable on purpose
    offered: list[tuple[Service, Actor]] = []
    with clock.standing_at(clock.now() - AGO):
        for place in layout.places:
            if place.kind in TAKEN:
                by = system_actor("转诊中心", places[place.key].pk, places[place.key].name)
                offered += [(one, by) for one in _offer(place.key, TAKEN[place.kind], by, chance)]
    with clock.standing_at(clock.now() - LATER):
        _revise(offered[:3])
        _close(offered[-1:])


def _offer(key: str, taken: tuple[str, ...], by: Actor, chance: Random) -> list[Service]:
    wards = Department.objects.filter(institution_id=by.institution_id).select_related("subject", "institution")
    with scope(by):
        return [
            offer_service(
                by=by, name=_name(ward, taken), department=ward, subject=ward.subject, directions=list(taken),
                age_until=CHILDREN[1] if ward.name == CHILDREN[0] else None, requirements=PAPERS,
                opening_hours="急诊全天；其他周一至周五 8:00–17:00", phone=f"0000-{3000000 + ward.pk}",
                is_featured=FEATURED.get(key) == ward.name, claimed_wait=chance.choice((None, 1, 2, 3, 5, 7)),
            )
            for ward in wards
        ]  # fmt: skip


def _name(ward: Department, taken: tuple[str, ...]) -> str:
    return f"{ward.name}接续治疗" if taken == ("up", "down") else f"{ward.name}门诊与住院"


def _revise(offered: Sequence[tuple[Service, Actor]]) -> None:
    for service, by in offered:
        with scope(by):
            revise_service(service, by=by, requirements=PAPERS_LATER)


def _close(offered: Sequence[tuple[Service, Actor]]) -> None:
    for service, by in offered:
        with scope(by):
            switch_service(service, by=by, is_on=False)


def asking_for(form: Mapping[str, Any], patient: Patient) -> dict[str, Any]:
    """Return the answer that names the receiver's service for the ward and direction of a referral, if one fits."""
    ward = form.get("receiver_department")
    fitting = _offered(ward, form["direction"]) if ward else None
    return {"service": fitting.pk} if fitting and not misfits_age(patient, fitting) else {}


@kept
def _offered(ward: int, direction: str) -> Service | None:
    return Service.objects.filter(is_on=True, department_id=ward, directions__contains=[direction]).first()

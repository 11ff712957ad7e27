"""Suggestions as people read them: the place, the service, and in words what speaks for it and what is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yilian.domains.capacity import api as capacity
from yilian.domains.inpatient import api as inpatient
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.reports.finder.medicine import at_hand

ALL = 1000


@dataclass(frozen=True)
class Why:
    """One thing that was asked of a place: `holds` None means that nobody knows."""

    text: str
    holds: bool | None

    @property
    def tone(self) -> str:
        return "default" if self.holds is None else "success" if self.holds else "danger"


@dataclass
class Place:
    """A place for one patient; why it fits is put into words only when somebody reads it.

    `place` and `service` are plain rows of the directory and the board; `medicines` None: nobody asks after them.
    """

    suggestion: inpatient.Suggestion
    place: dict[str, Any]
    service_row: dict[str, Any]
    medicines: Sequence[str] | None
    stock: dict[tuple[int, str], bool]

    @property
    def institution_id(self) -> int:
        return self.suggestion.institution_id

    @property
    def service_id(self) -> int:
        return self.suggestion.service_id

    @property
    def name(self) -> str:
        return str(self.place["name"])

    @property
    def consortium(self) -> str:
        return str(self.place["consortium"])

    @property
    def department_id(self) -> int:
        return int(self.service_row["department"])

    @cached_property
    def whys(self) -> tuple[Why, ...]:
        """What was asked of the place, and what is unknown of it."""
        one, service = self.suggestion, self.service_row
        return (
            _service(one, service), _bed(self.place), _home(one), *_family(one), *_far(one), *_wait(service),
            *_medicine(one.institution_id, self.medicines, self.stock),
        )  # fmt: skip

    @property
    def sentence(self) -> str:
        return "；".join(why.text for why in self.whys)


class Finder:
    """The places and services that one institution may send patients down to, read once for all its patients."""

    def __init__(self, actor: Actor) -> None:
        places, self.service_rows = capacity.takers_of_returns(actor)
        self.places = {place["institution"]: place for place in places}
        self.services = {service["id"]: service for service in self.service_rows}

    def find(
        self, stays: Iterable[UUID] | None, *, most: int = 3, medicines: Sequence[str] | None = None
    ) -> dict[UUID, list[Place]]:
        """Return the places for each stay (None: all that somebody holds fit), the best first.

        Medicines are asked after when they are given; an empty list says that none were reported.
        """
        plain = [
            {"institution": key, "region": row["region"], "distance": row["distance"], "free": row["free"]}
            for key, row in self.places.items()
        ]
        found: dict[UUID, list[Place]] = {}
        stock = at_hand(set(self.places), set(medicines)) if medicines else {}
        for one in inpatient.match(plain, self.service_rows, stays=stays, most=most):
            place, service = self.places[one.institution_id], self.services[one.service_id]
            found.setdefault(one.stay_id, []).append(Place(one, place, service, medicines, stock))
        return found


def _service(one: inpatient.Suggestion, service: dict[str, Any]) -> Why:
    says = {2: _("诊疗科目相同"), 1: _("诊疗科目同属一类"), 0: _("全科医疗，可接续治疗")}
    text = _("有“{service}”，{says}").format(service=service["name"], says=says[one.nearness])
    return Why(text, holds=True)


def _bed(place: dict[str, Any]) -> Why:
    free, as_of = place["free"], place["as_of"]
    if free is None:
        return Why(_("空床数已过时，请先电话核实") if place["is_stale"] else _("空床数不详"), None)
    text = _("空床 {free} 张（截至 {at}）") if free else _("无空床（截至 {at}）")
    return Why(text.format(free=free, at=f"{clock.local(as_of):%m-%d %H:%M}"), bool(free))


def _home(one: inpatient.Suggestion) -> Why:
    says = {
        3: _("患者住在该机构所在地"), 2: _("患者住在同一区县"), 1: _("患者住在同一市"), 0: _("患者住在外地"),
        None: _("患者居住地不详"),
    }  # fmt: skip
    return Why(says[one.home], None if one.home is None else one.home > 0)


def _family(one: inpatient.Suggestion) -> list[Why]:
    return [Why(_("患者的家庭医生在该机构"), holds=True)] if one.is_family else []


def _far(one: inpatient.Suggestion) -> list[Why]:
    if one.distance is None:
        return []
    text = _("距本院 {far} km").format(far=f"{one.distance:.0f}") if one.distance >= 1 else _("距本院不足 1 km")
    return [Why(text, None)]


def _wait(service: dict[str, Any]) -> list[Why]:
    if service["wait"] is None:
        return []
    return [Why(_("等候约 {days} 天").format(days=f"{service['wait']:g}"), None)]


def _medicine(institution_id: int, medicines: Sequence[str] | None, stock: dict[tuple[int, str], bool]) -> list[Why]:
    if medicines is None:
        return []
    if not medicines:
        return [Why(_("出院带药未报告"), None)]
    known = {name: stock.get((institution_id, name)) for name in medicines}
    if missing := [name for name, is_there in known.items() if is_there is False]:
        return [Why(_("缺药：{names}").format(names="、".join(missing)), holds=False)]
    if unknown := [name for name, is_there in known.items() if is_there is None]:
        return [Why(_("药品不详：{names}").format(names="、".join(unknown)), None)]
    return [Why(_("出院带药齐备"), holds=True)]

"""The six conditions of joining (S4 6.2), each judged from registry rows: met, unmet or unknown, with evidence.

What the rows leave open is settled by the newest attestation, if there is one. Unknown stays unknown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.kernel.rules.regulation import Citation
from yilian.registry.attestable import Attestable, attestables
from yilian.registry.models import Attestation, Institution, Sanction
from yilian.registry.models.institution import Ownership
from yilian.registry.models.standing import SanctionKind
from yilian.registry.regulations import S4


@dataclass(frozen=True)
class Finding:
    """How one condition stands: True met, False unmet, None unknown; why; and the rows it was read from.

    `as_of` is the day of the newest row that leaves it open: what somebody confirmed before does not speak of it.
    """

    is_met: bool | None
    detail: str = ""
    evidence: tuple[str, ...] = ()
    passes_on: date | None = None
    as_of: date | None = None

    @property
    def state(self) -> str:
        return {True: "met", False: "unmet", None: "unknown"}[self.is_met]


@dataclass(frozen=True)
class Known:
    """What the registry knows of an applicant on a day."""

    institution: Institution
    sanctions: tuple[Sanction, ...]
    on: date
    years: int = 2


@dataclass(frozen=True)
class Condition:
    """One condition; `key` is the number of its paragraph and names its attestations."""

    key: str
    title: str | Promise
    judge: Callable[[Known], Finding] = field(repr=False)

    @property
    def cite(self) -> Citation:
        return S4.article(self.key)


def licensed(known: Known) -> Finding:
    """6.2.1: founded with the authorities' approval; the licence is the proof."""
    institution = known.institution
    if institution.ended_on is not None and institution.ended_on <= known.on:
        return Finding(False, now("该机构已于 {day} 终止").format(day=institution.ended_on))
    if not institution.licence_number:
        return Finding(None, now("执业许可证登记号尚未登记"))
    since = institution.licensed_on.isoformat() if institution.licensed_on else now("日期未登记")
    return Finding(
        True,
        evidence=(now("执业许可证登记号 {number}（{since}）").format(number=institution.licence_number, since=since),),
    )


def private_is_proven(known: Known) -> Finding:
    """6.2.2: a private institution has operated two years and was not sanctioned by health or insurance authorities."""
    institution = known.institution
    if institution.ownership == Ownership.PUBLIC:
        return Finding(True, evidence=(now("公立机构，不适用年限要求"),))
    if not institution.ownership:
        return Finding(None, now("所有制尚未登记"))
    punished = _without(known, (SanctionKind.HEALTH, SanctionKind.INSURANCE))
    began = institution.licensed_on or institution.founded_on
    if began is None:
        return punished if punished.is_met is False else Finding(None, now("成立日期尚未登记"), punished.evidence)
    full = clocks.has_operated_from(began, known.years)
    evidence = (now("自 {day} 起运营").format(day=began), *punished.evidence)
    if known.on < full:
        detail = now("至今未满 {years} 年").format(years=known.years)
        return Finding(False, detail, evidence, None if punished.is_met is False else full)
    return replace(punished, evidence=evidence)


def treats_both_ways(known: Known) -> Finding:
    """6.2.3: an outpatient and an inpatient department of its own."""
    parts = ((now("门诊"), known.institution.has_outpatient), (now("住院部门"), known.institution.has_inpatient))
    return _all_there(parts)


def is_managed(known: Known) -> Finding:
    """6.2.4: medical, nursing, infection and pharmacy management."""
    institution = known.institution
    return _all_there(
        (
            (now("医疗管理部门"), institution.has_medical_office),
            (now("护理管理部门"), institution.has_nursing_office),
            (now("院感管理部门"), institution.has_infection_office),
            (now("药剂管理部门"), institution.has_pharmacy_office),
        )
    )


def buys_lawfully(known: Known) -> Finding:
    """6.2.5: no unlawful purchase or use of medicines and devices, no large equipment without permission."""
    return _without(known, (SanctionKind.PURCHASING, SanctionKind.EQUIPMENT))


def charges_lawfully(known: Known) -> Finding:
    """6.2.6: no major offence of pricing, no fraud of the insurance fund."""
    fraud = _without(known, (SanctionKind.FRAUD,))
    pricing = [sanction for sanction in known.sanctions if sanction.kind == SanctionKind.PRICING]
    if fraud.is_met is False or any(sanction.is_major for sanction in pricing if not sanction.is_lifted(known.on)):
        return _without(known, (SanctionKind.FRAUD, SanctionKind.PRICING))
    if unclear := [sanction for sanction in pricing if sanction.is_major is None]:
        as_of = max(_last_day(sanction, known.on) for sanction in unclear)
        return Finding(None, now("价格处罚是否重大尚未登记"), _lines(unclear), as_of=as_of)
    return fraud


CONDITIONS = (
    Condition("6.2.1", _("依法批准设立，达到医疗机构基本标准"), licensed),
    Condition("6.2.2", _("民营机构独立运营满两年且未受卫生、医保处罚"), private_is_proven),
    Condition("6.2.3", _("有独立的门诊和住院部门"), treats_both_ways),
    Condition("6.2.4", _("有医疗、护理、院感、药剂管理部门"), is_managed),
    Condition("6.2.5", _("无违法采购使用药械、未经许可配置大型设备"), buys_lawfully),
    Condition("6.2.6", _("无重大价格收费违法、无恶意骗保"), charges_lawfully),
)
for _condition in CONDITIONS:
    attestables.add(Attestable(_condition.key, _condition.title))


def judge(condition: Condition, known: Known, attested: Attestation | None = None) -> Finding:
    """Return how a condition stands; an attestation speaks only where the rows are silent."""
    finding = condition.judge(known)
    if finding.is_met is not None or attested is None or (finding.as_of and attested.attested_on < finding.as_of):
        return finding
    word = now("{who} {day} 确认：{evidence}").format(
        who=attested.attested_by, day=attested.attested_on, evidence=attested.evidence
    )
    return Finding(attested.is_met, "" if attested.is_met else finding.detail, (*finding.evidence, word))


def _all_there(parts: Iterable[tuple[str, bool | None]]) -> Finding:
    parts = list(parts)
    missing = [title for title, there in parts if there is False]
    unknown = [title for title, there in parts if there is None]
    evidence = tuple(title for title, there in parts if there)
    if missing:
        return Finding(False, now("没有{parts}").format(parts=now("、").join(missing)), evidence)
    if unknown:
        return Finding(None, now("尚未登记是否设有{parts}").format(parts=now("、").join(unknown)), evidence)
    return Finding(True, evidence=evidence)


def _without(known: Known, kinds: Iterable[str]) -> Finding:
    """Return met when no sanction of these kinds is on record; a lifted one has to be judged by a person."""
    found = [sanction for sanction in known.sanctions if sanction.kind in set(kinds)]
    standing = [sanction for sanction in found if not sanction.is_lifted(known.on)]
    if standing:
        return Finding(False, now("有未解除的处罚记录"), _lines(standing))
    if found:
        as_of = max(_last_day(sanction, known.on) for sanction in found)
        return Finding(None, now("处罚已解除，是否影响加入待确认"), _lines(found), as_of=as_of)
    return Finding(True, evidence=(now("截至 {day} 无相关处罚记录").format(day=known.on),))


def _last_day(sanction: Sanction, on: date) -> date:
    """Return the day on which a sanction was lifted, or was issued if it still stands."""
    return sanction.lifted_on if sanction.lifted_on and sanction.lifted_on <= on else sanction.issued_on


def _lines(sanctions: Iterable[Sanction]) -> tuple[str, ...]:
    return tuple(
        f"{sanction.issued_on} {sanction.issued_by} {sanction.get_kind_display()} {sanction.document_number}".strip()
        for sanction in sanctions
    )

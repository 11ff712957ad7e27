"""The six conditions of joining (S4 6.2), each judged from registry rows: met, unmet or unknown, with evidence.

A fact counts in favour of the institution only if an authority stated it or somebody else has confirmed it; what the
rows leave open is settled by the newest attestation that speaks of them as they are. Unknown stays unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.kernel import clock
from yilian.kernel.rules.regulation import Citation
from yilian.registry.attestable import Attestable, attestables
from yilian.registry.models import Attestation, Institution, Sanction, Statement
from yilian.registry.models.institution import Ownership
from yilian.registry.models.standing import SanctionKind
from yilian.registry.regulations import S4
from yilian.registry.statements import Sources


@dataclass(frozen=True)
class Finding:
    """How one condition stands: True met, False unmet, None unknown; why; and the rows it was read from.

    `facts` are the columns it was read from. `as_of` is the day of the newest sanction that leaves it open: what
    somebody confirmed before does not speak of it.
    """

    is_met: bool | None
    detail: str = ""
    evidence: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
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
    sources: Sources | None = None

    @property
    def origins(self) -> Sources:
        """Return where the facts come from; without a record nobody has stated any."""
        return self.sources or Sources(self.institution)


@dataclass(frozen=True)
class Condition:
    """One condition; `key` is the number of its paragraph and names its attestations, which confirm its `facts`."""

    key: str
    title: str | Promise
    judge: Callable[[Known], Finding] = field(repr=False)
    facts: tuple[str, ...] = ()

    @property
    def cite(self) -> Citation:
        return S4.article(self.key)


def licensed(known: Known) -> Finding:
    """6.2.1: founded with the authorities' approval; the licence is the proof."""
    institution = known.institution
    if institution.ended_on is not None and institution.ended_on <= known.on:
        return Finding(False, now("该机构已于 {day} 终止").format(day=institution.ended_on))
    if not institution.licence_number:
        return Finding(None, now("执业许可证登记号尚未登记"), facts=("licence_number",))
    since = institution.licensed_on.isoformat() if institution.licensed_on else now("日期未登记")
    return Finding(
        True,
        evidence=(now("执业许可证登记号 {number}（{since}）").format(number=institution.licence_number, since=since),),
        facts=("licence_number",),
    )


def private_is_proven(known: Known) -> Finding:
    """6.2.2: a private institution has operated two years and was not sanctioned by health or insurance authorities."""
    institution = known.institution
    if institution.ownership == Ownership.PUBLIC:
        return Finding(True, evidence=(now("公立机构，不适用年限要求"),), facts=("ownership",))
    if not institution.ownership:
        return Finding(None, now("所有制尚未登记"), facts=("ownership",))
    punished = _without(known, (SanctionKind.HEALTH, SanctionKind.INSURANCE))
    began = institution.licensed_on or institution.founded_on
    facts = ("ownership", "licensed_on" if institution.licensed_on else "founded_on")
    if began is None:
        unknown = Finding(None, now("成立日期尚未登记"), punished.evidence, facts, as_of=punished.as_of)
        return punished if punished.is_met is False else unknown
    full = clocks.has_operated_from(began, known.years)
    evidence = (now("自 {day} 起运营").format(day=began), *punished.evidence)
    if known.on < full:
        detail = now("至今未满 {years} 年").format(years=known.years)
        return Finding(False, detail, evidence, facts, None if punished.is_met is False else full)
    return replace(punished, evidence=evidence, facts=facts)


def treats_both_ways(known: Known) -> Finding:
    """6.2.3: an outpatient and an inpatient department of its own."""
    return _all_there(known, {"has_outpatient": now("门诊"), "has_inpatient": now("住院部门")})


def is_managed(known: Known) -> Finding:
    """6.2.4: medical, nursing, infection and pharmacy management."""
    parts = {
        "has_medical_office": now("医疗管理部门"),
        "has_nursing_office": now("护理管理部门"),
        "has_infection_office": now("院感管理部门"),
        "has_pharmacy_office": now("药剂管理部门"),
    }
    return _all_there(known, parts)


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


OFFICES = ("has_medical_office", "has_nursing_office", "has_infection_office", "has_pharmacy_office")
CONDITIONS = (
    Condition("6.2.1", _("依法批准设立，达到医疗机构基本标准"), licensed,
              ("licence_number", "affiliation", "grade", "beds")),
    Condition("6.2.2", _("民营机构独立运营满两年且未受卫生、医保处罚"), private_is_proven,
              ("ownership", "licensed_on", "founded_on")),
    Condition("6.2.3", _("有独立的门诊和住院部门"), treats_both_ways, ("has_outpatient", "has_inpatient")),
    Condition("6.2.4", _("有医疗、护理、院感、药剂管理部门"), is_managed, OFFICES),
    Condition("6.2.5", _("无违法采购使用药械、未经许可配置大型设备"), buys_lawfully),
    Condition("6.2.6", _("无重大价格收费违法、无恶意骗保"), charges_lawfully),
)  # fmt: skip
for _condition in CONDITIONS:
    attestables.add(Attestable(_condition.key, _condition.title, _condition.facts))


def judge(condition: Condition, known: Known) -> Finding:
    """Return how a condition stands.

    What speaks against the institution needs no confirmation. An attestation speaks only where the rows are silent or
    hold nothing but the institution's own word.
    """
    finding = _with_origins(condition.judge(known), known.origins)
    unproven = known.origins.unproven(finding.facts)
    if finding.is_met is False or (finding.is_met and not unproven):
        return finding
    word = _word_on(condition, finding, known)
    if word is None:
        unconfirmed = [fact for fact in unproven if known.origins.confirmed_by(fact) is None]
        return _open(finding, unconfirmed, known) if unconfirmed else finding
    text = now("{who} {day} 确认：{evidence}").format(who=word.who, day=word.attested_on, evidence=word.evidence)
    detail = finding.detail if finding.detail or word.is_met else now("经核实不满足")
    return Finding(word.is_met, "" if word.is_met else detail, (*finding.evidence, text), finding.facts)


def _with_origins(finding: Finding, origins: Sources) -> Finding:
    """Return the finding with a line of evidence for everybody who stated the facts it was read from, and when."""
    told: dict[str, list[str]] = {}
    for fact in finding.facts:
        stated = origins.of(fact) if origins.is_known(fact) else None
        if stated is not None and stated.stated_at is not None:
            day = clock.local(stated.stated_at).date()
            told.setdefault(now("{who} {day} 填报").format(who=stated.who, day=day), []).append(_title(fact))
    lines = tuple(now("{facts}：{told}").format(facts=now("、").join(facts), told=line) for line, facts in told.items())
    return replace(finding, evidence=(*finding.evidence, *lines))


def _title(fact: str) -> str:
    return str(Institution._meta.get_field(fact).verbose_name)  # type: ignore[union-attr]


def _word_on(condition: Condition, finding: Finding, known: Known) -> Attestation | None:
    """Return the newest attestation given on what stands there now, or on what is missing now."""
    origins, unproven = known.origins, known.origins.unproven(finding.facts)
    doubtful = [fact for fact in finding.facts if fact in unproven or not origins.is_known(fact)]
    for word in origins.words:
        is_late_enough = finding.as_of is None or word.attested_on >= finding.as_of
        if word.condition == condition.key and is_late_enough and origins.covers(word, doubtful):
            return word
    return None


def _open(finding: Finding, unproven: Iterable[str], known: Known) -> Finding:
    """Return the finding as unknown, naming the facts that nobody has confirmed and who stated them."""
    named = now("；").join(_unconfirmed(fact, known.origins.of(fact)) for fact in unproven)
    return replace(finding, is_met=None, detail=now("；").join(part for part in (finding.detail, named) if part))


def _unconfirmed(fact: str, stated: Statement | None) -> str:
    if stated is None or stated.stated_at is None:
        return now("{fact}来源未记录，未核").format(fact=_title(fact))
    text = now("{fact}由{who} {day} 自报，未核") if stated.is_own else now("{fact}由{who} {day} 填报，未核")
    return text.format(fact=_title(fact), who=stated.who, day=clock.local(stated.stated_at).date())


def _all_there(known: Known, parts: Mapping[str, str]) -> Finding:
    there = {title: getattr(known.institution, fact) for fact, title in parts.items()}
    missing = [title for title, is_there in there.items() if is_there is False]
    unknown = [title for title, is_there in there.items() if is_there is None]
    evidence = tuple(title for title, is_there in there.items() if is_there)
    if missing:
        return Finding(False, now("没有{parts}").format(parts=now("、").join(missing)), evidence, tuple(parts))
    if unknown:
        detail = now("尚未登记是否设有{parts}").format(parts=now("、").join(unknown))
        return Finding(None, detail, evidence, tuple(parts))
    return Finding(True, "", evidence, tuple(parts))


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

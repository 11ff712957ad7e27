"""The whole life of a consortium as one line of events, from its public rows and the cases the reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from yilian.domains.alliance.models import Assessment, Charter, Council, Plaque
from yilian.domains.alliance.plaques import WHY, lapses_of
from yilian.domains.alliance.standing import Result, fails_in_a_row
from yilian.kernel import clock
from yilian.kernel.rules.regulation import Citation
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole
from yilian.registry.regulations import S2, S3, S4

FOUNDING = ("filing", "establishment")


@dataclass(frozen=True)
class Event:
    """Something that happened to a consortium."""

    on: date
    title: str
    detail: str = ""
    tone: str = "default"
    cite: Citation | None = None
    url: str = ""


def events_of(consortium: Consortium, cases: list[Case], on: date) -> list[Event]:
    """Return everything up to a day, the latest first; `cases` are those of the consortium the reader sees."""
    found = [
        *_founding(consortium, cases),
        *_members(consortium),
        *_councils(consortium),
        *_charters(consortium, cases),
        *_plaques(consortium),
        *_assessments(consortium),
        *_ending(consortium),
    ]
    return sorted((event for event in found if event.on <= on), key=lambda event: event.on, reverse=True)


def _founding(consortium: Consortium, cases: list[Case]) -> Iterator[Event]:
    detail = consortium.filing_number
    yield Event(consortium.founded_on, _("成立"), detail, "success")
    for case in (case for case in cases if case.kind in FOUNDING):
        for line in case.history.exclude(state_to="approved").order_by("seq"):
            if line.state_from == line.state_to:
                continue
            title = _("提出申请") if line.verb == "open" else case.case_type.step_title(line.verb)
            yield Event(clock.local(line.at).date(), title, line.institution_name, "info", url=case.get_absolute_url())


def _members(consortium: Consortium) -> Iterator[Event]:
    rows = list(Membership.objects.filter(consortium=consortium).select_related("institution"))
    joined = [(row.since_on, row.institution.name) for row in rows if row.role != MemberRole.LEAD]
    gone = [row for row in rows if row.until_on and row.until_on != consortium.ended_on]
    left = [(row.until_on, row.institution.name) for row in gone if row.until_on]
    for day, names in _by_day(joined):
        yield Event(day, _("{n} 家成员单位加入").format(n=len(names)), _("、").join(names))
    for day, names in _by_day(left):
        yield Event(day, _("{n} 家成员单位退出").format(n=len(names)), _("、").join(names), "warning")


def _councils(consortium: Consortium) -> Iterator[Event]:
    for council in Council.objects.filter(consortium=consortium).prefetch_related("seats"):
        chair = next((seat.name for seat in council.seats.all() if seat.position == "chair"), "")
        title = _("第 {n} 届理事会").format(n=council.term)
        detail = _("理事长 {name}，任期至 {day}").format(name=chair, day=council.until_on)
        yield Event(council.since_on, title, detail, "info", S3.article("11"))


def _charters(consortium: Consortium, cases: list[Case]) -> Iterator[Event]:
    addresses = {case.pk: case.get_absolute_url() for case in cases if case.kind == "charter"}
    is_alliance = consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE
    cite = S3.article("11") if is_alliance else S2.article("2.1.2")
    for row in Charter.objects.filter(consortium=consortium):
        title = _("章程第 {n} 版通过").format(n=row.version)
        effect = _("{day} 起生效").format(day=row.effective_on) if row.effective_on else ""
        detail = _("，").join(part for part in (row.get_basis_display(), effect) if part)
        yield Event(row.adopted_on, title, detail, "info", cite, addresses.get(row.case_id, ""))


def _plaques(consortium: Consortium) -> Iterator[Event]:
    rows = list(Plaque.objects.filter(consortium=consortium).select_related("institution", "consortium"))
    lapses = lapses_of(rows)
    for row in rows:
        yield Event(row.consented_on, _("{name}挂牌").format(name=row.institution), row.name, cite=S4.article("7.2.2"))
        if lapse := lapses[row.pk]:
            title = _("{name}挂牌终止").format(name=row.institution)
            yield Event(lapse.on, title, str(WHY[lapse.why]), "warning", S4.article("附件.3"))


def _assessments(consortium: Consortium) -> Iterator[Event]:
    results: list[Result] = []
    for row in Assessment.objects.filter(consortium=consortium).order_by("year"):
        results.append(Result(row.year, row.is_passed))
        is_last_straw = fails_in_a_row(results) >= int(value_of("alliance.fails_to_dissolve"))
        failed = _("不合格，责令解散") if is_last_straw else _("不合格，黄牌警告")
        word = _("合格") if row.is_passed else failed
        title = _("{year} 年度考核：{word}").format(year=row.year, word=word)
        detail = _("总分 {total}，合格线 {mark}").format(total=row.total, mark=row.pass_mark)
        tone, article = ("success", "17") if row.is_passed else ("danger", "19")
        yield Event(row.published_on, title, detail, tone, S3.article(article))


def _ending(consortium: Consortium) -> Iterator[Event]:
    ending = getattr(consortium, "ending", None)
    if ending is not None:
        is_ordered = ending.cause == "failed"
        title = _("责令解散") if is_ordered else _("同意解散")
        yield Event(ending.ordered_on, title, ending.number, "danger", S3.article("19") if is_ordered else None)
    if consortium.ended_on is not None:
        detail = ending.get_cause_display() if ending is not None else ""
        yield Event(consortium.ended_on, _("终止"), detail, "danger")


def _by_day(pairs: list[tuple[date, str]]) -> Iterator[tuple[date, list[str]]]:
    for day, group in groupby(sorted(pairs), key=lambda pair: pair[0]):
        yield day, [name for _day, name in group]

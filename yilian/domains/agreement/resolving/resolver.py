"""The resolver: what every source says to a question, what applies, and what contradicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from yilian.domains.agreement.effects import end_of
from yilian.domains.agreement.models import Clause
from yilian.domains.agreement.wording import ordinal
from yilian.kernel.rules.regulation import Citation
from yilian.registry.applying import Candidate, Question, Topic, sources, topics
from yilian.registry.clauses import clause_kinds
from yilian.registry.consortia import shared_consortia
from yilian.registry.models import Consortium, Patient
from yilian.registry.models.consortium import GRID_KINDS
from yilian.registry.regions import chain


@dataclass(frozen=True)
class Answer:
    """What applies on a topic, about one thing: None where agreements contradict each other; the rest as they say."""

    topic: Topic
    about: str
    chosen: Candidate | None
    others: tuple[Candidate, ...]
    why: str
    is_contradicted: bool = False


@dataclass(frozen=True)
class Resolved:
    """Every answer to a question, the consortia both belong to, and the one that answers for the patient's home."""

    question: Question
    answers: tuple[Answer, ...]
    home: Consortium | None = None


def ask(sender_id: int, receiver_id: int, on: date, *, patient: Patient | None = None, **rest: Any) -> Resolved:
    """Return what applies between two institutions on a day, as far as the reader may see it."""
    consortia = shared_consortia(sender_id, receiver_id, on)
    home = _home_of(patient, on)
    ordered = sorted(consortia, key=lambda one: (one != home, one.kind not in GRID_KINDS))
    question = Question(sender_id, receiver_id, on, patient=patient, consortia=tuple(ordered), **rest)
    found = [*clauses_say(question), *(one for source in sources for one in source.ask(question))]
    return Resolved(question, tuple(_answers(found)), home)


def clauses_say(question: Question) -> list[Candidate]:
    """Return what the clauses in force between the two say, in two statements however many there are."""
    speaking = [(row, kind, offer) for row in _in_force(question) for kind, offer in (_offer(row, question),) if offer]
    places = _places({row.case_id for row, _kind, _said in speaking})
    found = []
    for row, kind, offer in speaking:
        origin = _("协议 {number}《{subject}》{place}「{title}」").format(
            number=row.case.number, subject=row.case.subject, place=ordinal(places[row.pk]), title=row.title
        )
        cite = str(kind.cite) if isinstance(kind.cite, Citation) else ""
        found.append(Candidate(kind.topic, offer, origin, row.case.get_absolute_url(), cite))
    return found


def _offer(row: Clause, question: Question) -> tuple[Any, Any]:
    """Return the kind of a clause and what it says to the question, if anything."""
    kind = clause_kinds.get(row.kind)
    return kind, kind.offers(row.terms, question) if kind and kind.offers else None


def _places(cases: Iterable[Any]) -> dict[int, int]:
    """Return the place of each clause among those of its agreement that still stand, counted from one.

    Read at once: counted by the database for each clause, the wall would look at the agreement again each time.
    """
    counts: dict[Any, int] = {}
    found = {}
    rows = Clause.objects.filter(case__in=cases, is_dropped=False).order_by("case", "position", "pk")
    for key, case in rows.values_list("pk", "case_id"):
        found[key] = counts[case] = counts.get(case, 0) + 1
    return found


def _in_force(question: Question) -> Iterable[Any]:
    speaking = [kind.key for kind in clause_kinds if kind.offers]
    rows = Clause.objects.filter(
        Q(case__ended_on=None) | Q(case__ended_on__gte=question.on),
        case__in_force_since__lt=end_of(question.on),
        case__ends_on__gte=question.on,
        is_dropped=False,
        kind__in=speaking,
    )
    for one in (question.sender_id, question.receiver_id):
        rows = rows.filter(Q(case__drafter=one) | Q(case__partners__contains=[one]))
    rows = rows.select_related("case").defer("text", "case__text")
    return rows.order_by(F("case__in_force_since").desc(), "case", "position")


def _answers(found: list[Candidate]) -> Iterable[Answer]:
    for topic in topics:
        about: dict[str, list[Candidate]] = {}
        for one in found:
            if one.topic == topic.key:
                about.setdefault(one.offer.about, []).append(one)
        for subject, candidates in about.items():
            if not _counting(candidates):
                continue
            yield from _answered(topic, subject, candidates)


def _answered(topic: Topic, about: str, candidates: list[Candidate]) -> list[Answer]:
    if topic.adds_up:
        why = _("各份目录都适用，合并计算") if len(candidates) > 1 else _("只有这一项规定")
        return [Answer(topic, about, one, (), why) for one in candidates]
    return [_strictest(topic, about, candidates) if topic.is_strictest else _agreed(topic, about, candidates)]


def _strictest(topic: Topic, about: str, candidates: list[Candidate]) -> Answer:
    chosen = min(_counting(candidates), key=lambda one: (one.offer.value, one.is_fallback))
    others = tuple(one for one in candidates if one is not chosen)
    differ = len({one.offer.value for one in candidates if not one.is_fallback}) > 1
    why = _("几个规定都适用，从其最严") if len(_counting(candidates)) > 1 else _("只有这一项规定")
    if differ:
        why = _("各协议的约定不同，从其最严")
    return Answer(topic, about, chosen, others, why, differ)


def _agreed(topic: Topic, about: str, candidates: list[Candidate]) -> Answer:
    agreed = [one for one in candidates if not one.is_fallback]
    if len({one.offer.value for one in agreed}) > 1:
        why = _("协议的约定互相矛盾，系统不作选择；请由签约各方变更其中一份")
        return Answer(topic, about, None, tuple(candidates), why, is_contradicted=True)
    chosen = (agreed or _counting(candidates))[0]
    others = tuple(one for one in candidates if one is not chosen)
    why = _("协议另有约定的，从协议") if agreed and others else _("只有这一项规定")
    return Answer(topic, about, chosen, others, why)


def _counting(candidates: list[Candidate]) -> list[Candidate]:
    return [one for one in candidates if not one.is_standby]


def _home_of(patient: Patient | None, on: date) -> Consortium | None:
    """Return the group or community whose grid holds the patient's home, or None."""
    if patient is None or not patient.region_id:
        return None
    rows = Consortium.objects.filter(grid__regions__in=chain(patient.region_id), founded_on__lte=on)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gte=on)).first()

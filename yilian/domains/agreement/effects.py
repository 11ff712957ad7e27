"""What follows from the steps of an agreement, in the same transaction."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from yilian.domains.agreement.drafting.clauses import at_place
from yilian.domains.agreement.models import Agreement, Fulfilment, Manner, Promise, Signature
from yilian.domains.agreement.rules import everybody_has_signed, newest_copy
from yilian.domains.agreement.sides import has_answered
from yilian.domains.agreement.signing.seals import seal_of
from yilian.domains.agreement.wording import Wording, digest_of
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.almanac.keeping import distrust
from yilian.kernel.workflow.engine import take
from yilian.kernel.workflow.moment import Moment
from yilian.registry.clauses import clause_kinds

LIMITS = ("answer_limit", "green_channel")
"""The topics of clauses that set a time limit for cases between the parties."""


def start_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return start_of(day + timedelta(days=1))


def freeze(moment: Moment) -> None:
    """Write down the text that everybody signs, with its digest."""
    with translation.override(settings.LANGUAGE_CODE):
        text = Wording(moment.case).whole()
    moment.set(text=text, text_digest=digest_of(text))


def thaw(moment: Moment) -> None:
    """The text is open again."""
    moment.set(text={}, text_digest="")


def sign(moment: Moment) -> None:
    """Keep the signature under the text as it stands; with the last one the agreement is signed."""
    agreement, answers = moment.case, moment.answers
    manner = Manner(answers.get("manner"))
    copy = newest_copy(agreement, moment.actor) if manner == Manner.COPY else None
    row = Signature(
        case=agreement, institution_id=moment.actor.institution_id, manner=manner, signer=answers.get("signer"),
        position=answers.get("position") or "",
        strokes=(answers.get("strokes") or "") if manner == Manner.DRAWN else "",
        certificate=(answers.get("certificate") or "") if manner == Manner.CERTIFICATE else "",
        attachment=copy.pk if copy else None, file_digest=copy.sha256 if copy else "",
        text_digest=agreement.text_digest, signed_at=moment.at, signed_by_id=moment.actor.user_id,
    )  # fmt: skip
    row.seal = seal_of(agreement.number, row)
    row.save()
    has_answered(moment)
    if everybody_has_signed.check(agreement).holds:
        go_on(moment, "conclude")


def await_beginning(moment: Moment) -> None:
    """Note when it was signed and from when it counts; the clock takes the next step then."""
    since = max(start_of(moment.case.begins_on), moment.at)
    moment.set(signed_on=clock.today(), in_force_since=since)
    moment.case.due = since


def promise(moment: Moment) -> None:
    """Let what it promises be read by all who reckon limits; what has begun already is in force at once."""
    agreement: Agreement = moment.case
    _promise(agreement, agreement.in_force_since)
    if agreement.in_force_since <= moment.at:
        go_on(moment, "begin")


def await_warning(moment: Moment) -> None:
    """The clock warns so many days before the last one (the length that the deadline gives)."""
    agreement: Agreement = moment.case
    length = agreement.due - moment.at if agreement.due else timedelta()
    agreement.due = max(end_of(agreement.ends_on) - length, moment.at)


def await_expiry(moment: Moment) -> None:
    """The clock closes it when the last day is over, a minute later: what renews it comes first."""
    moment.case.due = end_of(moment.case.ends_on) + timedelta(minutes=1)


def take_over(moment: Moment) -> None:
    """What begins replaces the agreement that it renews or amends, from this moment on."""
    before = moment.case.predecessor
    if before is None or not before.open:
        return
    actor = system_actor(_("系统时钟"), moment.actor.institution_id, moment.actor.institution_name)
    take(before, moment.case.succession, by=actor)
    _cut(before, moment.case.in_force_since or moment.at)


def give_way(moment: Moment) -> None:
    """Its last day is the one before its successor counts."""
    moment.set(ended_on=clock.today() - timedelta(days=1))


def end_early(moment: Moment) -> None:
    """From the day named on it counts no more."""
    _cut(moment.case, end_of(moment.case.ended_on))


def record(moment: Moment) -> None:
    """Keep what was done for a clause; findings of that time are looked at again."""
    answers, agreement = moment.answers, moment.case
    clause = at_place(agreement, answers.get("place"))
    Fulfilment.objects.create(
        case=agreement, clause=clause, done_on=answers.get("done_on"), amount=answers.get("amount") or 1,
        what=answers.get("what"), institution_id=moment.actor.institution_id, by_name=moment.actor.name, at=moment.at,
    )  # fmt: skip
    day = answers.get("done_on")
    agreement.findings.filter(clause=clause, first_on__lte=day, last_on__gte=day).update(is_settled=False)


def go_on(moment: Moment, verb: str) -> None:
    """Take the step that follows by itself; whoever took this one sees the case as it then is."""
    case: Agreement = moment.case
    actor = system_actor(_("系统时钟"), moment.actor.institution_id, moment.actor.institution_name)
    after = take(case, verb, by=actor)
    for name in ("state", "open", "since", "due", "version", "digest", "sides", "signed_on", "in_force_since"):
        setattr(case, name, getattr(after, name))


def _promise(agreement: Agreement, since: datetime) -> None:
    rows = []
    for place, row in enumerate(agreement.clauses.filter(is_dropped=False), 1):
        kind = clause_kinds.get(row.kind)
        if kind and kind.topic in LIMITS:
            rows.append(Promise(
                case_id=agreement.pk, clause_id=row.pk, agreement=agreement.number, place=place, topic=kind.topic,
                institutions=agreement.signatories, terms=row.terms, since=since, until=end_of(agreement.ends_on),
            ))  # fmt: skip
    if rows:
        distrust()
        Promise.objects.bulk_create(rows)


def _cut(agreement: Agreement, until: datetime) -> None:
    """Let its promises end."""
    distrust()
    Promise.objects.filter(case_id=agreement.pk, until__gt=until).update(until=until)

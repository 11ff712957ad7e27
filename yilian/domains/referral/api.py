"""The door for other parts of the program: plain values in, plain values out, in the scope of whoever asks."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from yilian.domains.referral.case_type import referral_type
from yilian.domains.referral.followup import followup_type
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.models.referral import ReferralQuerySet
from yilian.domains.referral.vocabulary import BEFORE_SENDING, State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import Period
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.models import Happening

MOST = 200
REFUSALS = ("decline", "record_outside_refusal")


def count_open_between(one_id: int, other_id: int) -> int:
    """Return how many referrals between two institutions, in either direction, have been sent and not ended."""
    there = Referral.objects.open().filter(sender_id=one_id, receiver_id=other_id)
    back = Referral.objects.open().filter(sender_id=other_id, receiver_id=one_id)
    return (there | back).exclude(state__in=BEFORE_SENDING).count()


def count_open_in_consortium(institution_id: int, consortium_id: int) -> int:
    """Return how many referrals of an institution within a consortium have been sent and not ended."""
    return _open_of(institution_id, consortium_id).count()


def open_in_consortium(institution_id: int, consortium_id: int, *, most: int = 20) -> list[dict[str, Any]]:
    """Return open referrals that an institution sends or receives within a consortium, the oldest first.

    Each is {id, number, title, state, sender, receiver}; whoever leaves the consortium settles them first.
    """
    rows = _open_of(institution_id, consortium_id).select_related("sender", "receiver").order_by("pk")
    return [
        {
            "id": row.pk,
            "number": row.number,
            "title": row.title,
            "state": row.state_title,
            "sender": str(row.sender),
            "receiver": row.receiver_title,
        }
        for row in rows[:most]
    ]


def _open_of(institution_id: int, consortium_id: int) -> ReferralQuerySet:
    rows = Referral.objects.open().filter(consortium_id=consortium_id).exclude(state__in=BEFORE_SENDING)
    return rows.filter(sender_id=institution_id) | rows.filter(receiver_id=institution_id)


def open_for_patient(patient_id: UUID) -> list[dict[str, Any]]:
    """Return the patient's open referrals that the reader may see: {id, number, problem, state, receiver}."""
    rows = Referral.objects.of_patient(patient_id).open().select_related("receiver")
    return [
        {
            "id": row.pk,
            "number": row.number,
            "problem": row.problem,
            "state": row.state,
            "receiver": row.receiver_title,
        }
        for row in rows
    ]


def declined_by_reason(period: Period, institution_id: int | None = None) -> dict[str, int]:
    """Return how many refusals of a period were given for which reason, the commonest first; by title of the reason.

    Counted from the history, so that referrals which went elsewhere afterwards count too.
    """
    lines = Happening.objects.filter(
        case__kind="referral", verb__in=REFUSALS, at__gte=period.start_at, at__lt=period.end_at
    )
    if institution_id is not None:
        lines = lines.filter(institution_id=institution_id)
    reason = KeyTextTransform("label", KeyTransform("decline_reason", "answers"))
    return dict(lines.annotate(reason=reason).values_list("reason").annotate(n=Count("pk")).order_by("-n", "reason"))


def awaiting_first_followup(actor: Actor) -> list[dict[str, Any]]:
    """Return patients sent back down whose first follow-up is open, that the actor's institution sees, the earliest due
    first. Each is {id, number, patient, sex, birth_on, from, to, has_arrived, since, due_on, late}: `late` in days or
    None; until the member has registered the arrival, the patient is not there yet.
    """
    narrow = queries.Filter(is_open=True, order=queries.BY_DUE, limit=MOST)
    rows = {row["id"]: row for row in queries.newest(followup_type, actor, narrow)}
    tasks = FollowUp.objects.filter(pk__in=rows, down_referral__isnull=False).order_by("due_on", "pk")
    tasks = tasks.select_related("down_referral__sender")
    return [_awaited(task, rows[task.pk]) for task in tasks]


def _awaited(task: FollowUp, row: queries.Row) -> dict[str, Any]:
    referral: Any = task.down_referral
    late = (clock.today() - task.due_on).days if task.due_on else 0
    return {
        **_person(row),
        "from": str(referral.sender),
        "to": row["performer_label"],
        "has_arrived": referral.has_arrived,
        "since": referral.arrived_at or referral.accepted_at,
        "due_on": task.due_on,
        "late": late if late > 0 else None,
    }


def expected_and_not_there(actor: Actor) -> list[dict[str, Any]]:
    """Return referrals whose appointment is over and whose patient has not arrived, that the actor's institution sees.

    Each is {id, number, patient, sex, birth_on, from, to, appointment, late}: `late` in minutes. The latest
    first.
    """
    narrow = queries.Filter(states=(str(State.SCHEDULED),), is_open=True, order=queries.BY_DUE, limit=MOST)
    now = clock.now()
    rows = [row for row in queries.newest(referral_type, actor, narrow) if row["appointment_start"]]
    return [
        {
            **_person(row),
            "from": row["sender_label"],
            "to": row["receiver_label"],
            "appointment": row["appointment_start"],
            "late": int((now - row["appointment_start"]).total_seconds() // 60),
        }
        for row in sorted(rows, key=lambda row: row["appointment_start"])
        if row["appointment_start"] < now
    ]


def _person(row: queries.Row) -> dict[str, Any]:
    """Return what a row says of the case and its patient; the name is None where the reader does not know them."""
    return {
        "id": row["id"],
        "number": row["number"],
        "patient": row["patient_label"],
        "sex": row["patient_sex"],
        "birth_on": row["patient_birth_on"],
    }

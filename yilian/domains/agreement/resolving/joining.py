"""What the resolver says about a referral: its limit of answers from agreements, and the reasons on its page."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.agreement.resolving.limits import PARAMETERS, TO, Limit, limits_of, parameter_of, promised
from yilian.domains.agreement.wording import ordinal
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.due import earlier
from yilian.kernel.workflow.models import Case
from yilian.registry.applying import Candidate, Offer, Question, sources

HOUR = timedelta(hours=1)


def limit_card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return every rule about the answer when the referral left, and which one its due date rests on.

    None where nobody has agreed or decided anything, so that the default counts: known without a statement.
    """
    referral: Any = case
    if referral.sent_at is None or referral.receiver_id is None:
        return None
    limits = limits_of(referral, referral.sent_at)
    if not limits and not _is_decided(referral):
        return None
    says = [_candidate(limit) for limit in limits]
    rules = says + [one for one in _parameters(referral) if not one.is_standby]
    applied = next((one for one in rules if _rests_on(referral, one)), None)
    return {
        "applied": applied,
        "others": [one for one in rules if one is not applied],
        "why": _why(applied, says),
        "differ": len({limit.length for limit in limits}) > 1,
    }


def _is_decided(referral: Any) -> bool:
    key = parameter_of(referral)
    day = clock.local(referral.sent_at).date()
    return value_of(key, referral.sender_id, referral.consortium_id, day) != parameters[key].default


def _parameters(referral: Any) -> list[Candidate]:
    source = sources.get(PARAMETERS)
    question = Question(
        referral.sender_id, referral.receiver_id, clock.local(referral.sent_at).date(), priority=referral.priority,
        direction=referral.direction, consortia=(referral.consortium,) if referral.consortium_id else (),
    )  # fmt: skip
    return list(source.ask(question)) if source else []


def _candidate(limit: Limit) -> Candidate:
    origin = _("协议 {number} {place}").format(number=limit.agreement, place=ordinal(limit.place))
    offer = Offer(Decimal(limit.length / HOUR), limit.shown)
    return Candidate("answer_limit", offer, origin, f"/agreement/{limit.case_id}/")


def _rests_on(referral: Any, rule: Candidate) -> bool:
    length = timedelta(hours=float(rule.offer.value))
    return referral.answer_due_at is not None and referral.answer_due_at == referral.sent_at + length


def _why(applied: Candidate | None, agreed: list[Candidate]) -> str:
    if applied is None:
        return _("发出之后规定有变更，已计算的时限不变。")
    if applied in agreed:
        return _("比参数规定的时限更严，从协议。")
    return _("参数规定的时限更严，从参数。") if agreed else _("双方之间没有约定时限的协议，从参数。")


earlier.append(promised)
additions.add(
    Addition(
        TO,
        panels=(Panel("limits", gettext_lazy("答复时限的依据"), "agreement/card_limits.html", limit_card, aside=True),),
    )
)

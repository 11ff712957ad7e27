"""What an agreement may promise about green channels, and whether it was kept; which limit counts without a promise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.limits import parameter_says
from yilian.domains.referral.promises import proved
from yilian.domains.referral.vocabulary import EmergencyKind
from yilian.kernel.workflow.flow import Ask
from yilian.registry.applying import Candidate, Offer, Question, Source, Topic, sources, topics
from yilian.registry.clauses import Duty, Proof, clause_kind
from yilian.registry.regulations import S4

TOPIC = topics.add(Topic("green_channel", gettext_lazy("急诊绿色通道"), is_strictest=True))
KINDS = (("any", gettext_lazy("各病种")), *EmergencyKind.choices)
CRITICAL, MINUTES = 1, 60


def offered(terms: Mapping[str, Any], question: Question) -> Offer | None:
    """Return within how many minutes an emergency is answered, and who is to be called."""
    minutes, contact = Decimal(terms.get("minutes") or 0), terms.get("contact") or ""
    shown = _("{n} 分钟内响应").format(n=minutes) + (_("，联系电话 {phone}").format(phone=contact) if contact else "")
    kind = terms.get("kind") or "any"
    about = "" if kind == "any" else str(dict(KINDS)[kind])
    return None if about and question.subject and question.subject not in about else Offer(minutes, shown, about)


@clause_kind(
    "green", gettext_lazy("绿色通道响应"), cite=S4.article("3.2.5"), topic=TOPIC.key, offers=offered,
    asks=(Ask("kind", gettext_lazy("病种"), "choice", choices=KINDS, initial="any"),
          Ask("minutes", gettext_lazy("响应时限（分钟）"), "int", minimum=1, maximum=1440),
          Ask("contact", gettext_lazy("绿色通道电话"), required=False, max_length=40),
          Ask("share", gettext_lazy("按时响应比例（%）"), "int", minimum=1, maximum=100, initial=100)),
    help=gettext_lazy("以各方之间走急诊绿色通道的转诊单及其答复时间为准；答复前撤回的不计"),
)  # fmt: skip
def answered_emergencies(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """Emergencies between the parties, sent in the period, that were answered within the minutes promised."""
    return proved(duties, {duty.key: Decimal(duty.terms.get("minutes") or 0) / MINUTES for duty in duties})


def usual(question: Question) -> list[Candidate]:
    """Return the limit of critical referrals, which counts for emergencies where nothing is promised."""
    return [
        replace(one, topic=TOPIC.key, offer=_in_minutes(one.offer))
        for one in parameter_says(replace(question, priority=CRITICAL))
    ]


def _in_minutes(offer: Offer) -> Offer:
    minutes = offer.value * MINUTES
    return Offer(minutes, _("{n} 分钟内答复，可先发出、后补办手续").format(n=f"{minutes:f}"))


sources.add(Source("referral.green", usual))

"""Whose results count elsewhere: lists that agreements name, and those that a consortium has decided on."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.agreement.parameters import RECOGNISED
from yilian.kernel.rules.values import setting_of, value_of
from yilian.kernel.workflow.flow import Ask
from yilian.registry.applying import Candidate, Offer, Question, Source, Topic, sources, topics
from yilian.registry.clauses import ClauseKind, clause_kinds
from yilian.registry.regulations import S0

CITE = S0.article("摘编 2")
TOPIC = topics.add(Topic("recognition", gettext_lazy("检查检验结果互认"), adds_up=True))
BETWEEN = re.compile(r"[、，,；;\s]+")


def listed(items: str, question: Question) -> Offer | None:
    """Return the list, or of it what the question speaks of; None where that is not on it."""
    found = [one for one in BETWEEN.split(items) if one]
    if subject := question.subject.strip():
        found = [one for one in found if subject in one or one in subject]
    return Offer(Decimal(len(found)), _("、").join(found)) if found else None


def agreed(terms: Mapping[str, Any], question: Question) -> Offer | None:
    """Return what a clause recognises."""
    return listed(str(terms.get("items", "")), question)


def decided(question: Question) -> list[Candidate]:
    """Return the lists of the consortia to which both belong; where nobody has decided, no statement is needed."""
    found = []
    for consortium in question.consortia:
        offer = listed(str(value_of(RECOGNISED, None, consortium.pk, question.on)), question)
        if offer is None:
            continue
        row = setting_of(RECOGNISED, consortium_id=consortium.pk, on=question.on).row
        ground = row.ground if row else ""
        origin = _("{whose}互认目录：{ground}").format(whose=consortium.name, ground=ground)
        found.append(Candidate(TOPIC.key, offer, origin, f"/parameters/{RECOGNISED}/", str(CITE), is_fallback=True))
    return found


clause_kinds.add(
    ClauseKind(
        "recognition", gettext_lazy("检查检验结果互认"), CITE, topic=TOPIC.key, offers=agreed,
        asks=(Ask("items", gettext_lazy("互认项目"), "longtext", max_length=2000, help=gettext_lazy("以顿号分隔")),),
        help=gettext_lazy("各方之间互认的检查检验项目；互认率见指标，条款本身不作履约判断"),
    )
)  # fmt: skip
sources.add(Source("agreement.recognition", decided))

"""What people of the demo city say to each other about referrals that wait: urging, questions, and a substitute."""

from collections.abc import Iterable
from datetime import timedelta

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.access.substituting import colleagues_of, name_substitute
from yilian.kernel.notices.urging import reasons_against, urge
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.conversation import post_message
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.queries import waiting

MOST = 8
QUESTIONS = ("请问何时有床位？", "患者家属询问，是否需要空腹来院？", "检查结果已补传，请查阅后回复。")
URGES = ("患者病情有变化，请尽快安排。", "", "已电话联系，未接通。")


def bring_talk(senders: Iterable[Actor]) -> int:
    """Let some who wait ask or urge, and one doctor name a substitute; return how many cases were talked about."""
    talked, askers = 0, list(senders)
    states = [("referral", state) for state in case_types["referral"].waits_for_somebody]
    for actor in askers:
        with scope(actor):
            for row in waiting(actor, states, limit=2):
                case = Case.objects.get(pk=row["id"])
                if talked < MOST and not reasons_against(case, actor):
                    _talk(case, actor, talked)
                    talked += 1
    for actor in askers[:1]:
        _go_on_leave(actor)
    return talked


def _talk(case: Case, actor: Actor, turn: int) -> None:
    if turn % 2:
        post_message(case, QUESTIONS[turn % len(QUESTIONS)], by=actor, awaits_reply=True)
    else:
        urge(case, by=actor, note=URGES[turn % len(URGES)])


def _go_on_leave(actor: Actor) -> None:
    """Let a colleague stand in for a week, from tomorrow."""
    first = clock.today() + timedelta(days=1)
    if colleague := colleagues_of(actor).first():
        name_substitute(by=actor, deputy_id=colleague.pk, since_on=first, until_on=first + timedelta(days=6))

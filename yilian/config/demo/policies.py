"""Documents of the city group's lead: one in its second edition that people have read, one waiting for approval."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.domains.policy.models import Policy
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.registry.consortia import members_of
from yilian.registry.models import Consortium

FIRST, SECOND = date(2023, 6, 1), date(2025, 9, 15)
REFERRAL = (
    "第一条 成员单位之间的转诊通过本系统办理，附必要的诊疗资料。\n"
    "第二条 普通转诊应在四十八小时内答复，急诊转诊即时答复。\n"
    "第三条 不接收的应写明理由，并建议去向。"
)
MEETING = "第一条 联席会议由牵头医院召集，每年不少于一次。\n第二条 会议形成纪要，议决事项逐项落实。"
CHANGES = "普通转诊的答复时限由四十八小时改为三十六小时。"
READERS = 3


def bring_policies(founder: Founder) -> None:
    """Publish a document, revise it, let some read it; and leave a second one with whoever approves it."""
    group = Consortium.objects.get(name=CITY_GROUP)
    writer = founder.office[group.lead_id]
    reviewer, director = _others(writer, "quality", "director")
    answers = {"code": "YW", "department": "医务部", "scope": "医疗集团", "audience": "members", "consortium": group.pk}
    with _at(FIRST):
        first = opened("policy", writer, subject="双向转诊管理制度", text=REFERRAL, **answers)
        first = _publish(first, writer, reviewer, director)
    with _at(SECOND):
        first = taken(first, "revise", writer, changes=CHANGES)
        with scope(writer):
            draft = Policy.objects.get(pk=first.successor)
        draft = taken(draft, "edit", writer, text=REFERRAL.replace("四十八", "三十六"))
        second = _publish(draft, writer, reviewer, director)
    places = [row.institution_id for row in members_of(group.pk, SECOND)]
    for reader in [reviewer, *(founder.office[place] for place in places[1:READERS])]:
        second = taken(second, "read", reader)
    waiting = opened("policy", writer, subject="联席会议制度", text=MEETING, **answers)
    taken(taken(waiting, "submit", writer), "review", reviewer)


def _others(writer: Actor, *roles: str) -> list[Actor]:
    """Give colleagues of the writer a further post each and return them."""
    people = User.objects.filter(posts__institution=writer.institution_id, username__startswith="staff").distinct()
    found = []
    for user, role in zip(people.exclude(pk=writer.user_id).order_by("pk"), roles, strict=False):
        Post.objects.create(user=user, institution_id=writer.institution_id, role=role, since_on=date(2022, 1, 1))
        if actor := actor_for(user):
            found.append(actor)
    return found


def _publish(case: Policy, writer: Actor, reviewer: Actor, director: Actor) -> Policy:
    case = taken(case, "submit", writer)
    return taken(taken(case, "review", reviewer), "publish", director)


def _at(day: date) -> Any:
    return clock.standing_at(timezone.make_aware(datetime.combine(day, time(10))))

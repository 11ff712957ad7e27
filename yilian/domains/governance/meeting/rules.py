"""What must hold when a meeting is called, signed in to, held and minuted."""

from datetime import datetime

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.grounds import IN_ORDER, MET
from yilian.domains.governance.meeting import codes
from yilian.domains.governance.meeting.attendance import expected, quorum_of
from yilian.domains.governance.membership import actor_leads_the_consortium, consortium_is_running, members_today
from yilian.domains.governance.models import Meeting
from yilian.domains.governance.parameters import CODE_ONLY
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.answers import Answers
from yilian.registry.models import Institution


@rule(_("开会时间应在通知之后"), cite=IN_ORDER)
def time_is_to_come(meeting: Meeting, at: datetime | None = None) -> bool:
    return meeting.starts_at is None or meeting.starts_at > (at or clock.now())


@rule(_("受邀单位应是该医联体的成员"), cite=IN_ORDER)
def invitees_are_members(meeting: Meeting) -> Verdict:
    strange = set(meeting.invitees) - set(members_today(meeting.consortium_id))
    names = Institution.objects.filter(pk__in=strange).order_by("pk").values_list("name", flat=True)
    return Verdict(not strange, now("不是成员：{names}").format(names=now("、").join(names)))


@rule(_("签到在开会当日办理"), cite=MET)
def it_is_the_day(meeting: Meeting) -> Verdict:
    if meeting.starts_at is None:
        return Verdict(False)
    day = clock.local(meeting.starts_at).date()
    return Verdict(day == clock.today(), now("会议定于 {day}").format(day=day))


@rule(_("每个单位只签到一次"), cite=MET)
def has_not_signed_in(meeting: Meeting, actor: Actor) -> bool:
    return not meeting.attendees.filter(institution_id=actor.institution_id, signed_at__isnull=False).exists()


@rule(_("签到码应是本次会议会场出示的有效签到码"), cite=MET)
def code_is_good(meeting: Meeting, actor: Actor, answers: Answers, asked: bool = True) -> Verdict:
    """Ask for the code where the consortium wants it from those invited; a code that is given must be right anyway."""
    code = answers.get("code") or ""
    if not asked or actor.institution_id == meeting.lead_id:
        return Verdict(True)
    if not code:
        only = bool(value_of(CODE_ONLY, consortium_id=meeting.consortium_id))
        return Verdict(not only, now("请扫描召集单位出示的签到码"))
    try:
        return Verdict(codes.check(code, meeting.pk), now("不是本次会议的签到码"))
    except codes.CodeExpiredError:
        return Verdict(False, now("签到码已过期，请重新扫描"))


@rule(_("到会单位应达到规定比例"), cite=MET)
def enough_are_present(meeting: Meeting) -> Verdict:
    lines = expected(meeting)
    present, quorum = sum(line.is_present for line in lines), quorum_of(meeting)
    detail = now("应到 {all} 家，已签到 {present} 家，须达到 {quorum:f}%").format(
        all=len(lines), present=present, quorum=quorum.normalize()
    )
    return Verdict(present > 0 and present * 100 >= quorum * len(lines), detail)


@rule(_("定稿的纪要应写明内容"), cite=IN_ORDER)
def minutes_are_written(meeting: Meeting) -> bool:
    return bool(meeting.minutes.strip())


CALLING = (consortium_is_running, actor_leads_the_consortium, time_is_to_come, invitees_are_members)
SIGNING = (it_is_the_day, has_not_signed_in, code_is_good)
HOLDING = (consortium_is_running, enough_are_present)
APPROVING = (minutes_are_written,)

"""What must be settled before a member leaves (S4 6.1 and annex, S0 cooperation rules)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import plaques
from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.models import Agreement, Exit
from yilian.domains.alliance.rules_of_consortia import consortium_is_running
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.standing_queries import open_within
from yilian.registry.consortia import is_member, lead_of
from yilian.registry.regulations import S0, S4


@rule(_("退出的机构应是该医联体的成员"), cite=IN_ORDER)
def is_a_member(exit_: Exit) -> bool:
    return exit_.consortium_id is not None and is_member(exit_.member_id, exit_.consortium_id, clock.today())


@rule(_("牵头单位不能退出自己牵头的医联体，只能提出解散"), cite=IN_ORDER)
def member_does_not_lead(exit_: Exit) -> bool:
    lead = lead_of(exit_.consortium_id, clock.today())
    return lead is None or lead.pk != exit_.member_id


@rule(_("在该医联体内未办结的事项应先办结"), cite=(S4.article("3.2.5"), S4.article("7.3.2")))
def nothing_is_open(exit_: Exit) -> Verdict:
    rows = [row for row in open_within(exit_.member_id, exit_.consortium_id or 0) if row["id"] != exit_.pk]
    if not rows:
        return Verdict(True)
    named = now("、").join(f"{case_types[row['kind']].title} {row['number']}" for row in rows[:5])
    more = now("等 {n} 项").format(n=f"{len(rows)}") if len(rows) > 5 else ""
    return Verdict(False, now("未办结：{named}{more}").format(named=named, more=more))


@rule(_("牌匾应先交回"), cite=S4.article("附件.3"))
def plaque_is_down(exit_: Exit) -> Verdict:
    plaque = plaques.in_force(exit_.member_id, exit_.consortium_id or 0, clock.today())
    if plaque is None:
        return Verdict(True)
    return Verdict(False, now("“{name}”仍有效，请在挂牌事项中办理「交回牌匾」").format(name=plaque.name))


@rule(_("合作协议应先终止"), cite=S0.article("管理制度 14"))
def agreement_is_ended(exit_: Exit) -> Verdict:
    running = Agreement.objects.filter(
        consortium=exit_.consortium_id, institution=exit_.member_id, ended_on=None
    ).first()
    if running is None:
        return Verdict(True)
    signed = running.signed_on.isoformat() if running.signed_on else now("签订日期未登记")
    return Verdict(False, now("合作协议（{signed}）仍有效，由牵头单位办理「终止协议」").format(signed=signed))


@rule(_("费用与数据应有清理结论"), cite=S0.article("管理制度 14"))
def money_and_data_are_settled(exit_: Exit) -> bool:
    return bool(exit_.money_note.strip() and exit_.data_note.strip())


@rule(_("退出日期不早于加入日期，也不晚于今天"), cite=IN_ORDER)
def leaving_day_is_possible(exit_: Exit, asked: bool = True) -> bool:
    return not asked or (exit_.left_on is not None and exit_.left_on <= clock.today())


ANNOUNCING = (consortium_is_running, is_a_member, member_does_not_lead)
LEAVING = (
    consortium_is_running,
    is_a_member,
    nothing_is_open,
    plaque_is_down,
    agreement_is_ended,
    money_and_data_are_settled,
    leaving_day_is_possible,
)

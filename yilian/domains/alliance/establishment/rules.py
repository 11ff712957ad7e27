"""What an establishment must fulfil (S0 national measures and excerpts, S2 2.1, S4 7.1)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import attachment_kinds, records
from yilian.domains.alliance.establishment import grids
from yilian.domains.alliance.founders.rules import (
    every_founder_has_agreed,
    every_founder_meets_the_conditions,
    no_founder_fails_a_condition,
)
from yilian.domains.alliance.grounds import IN_ORDER, ONE_OF_A_NAME
from yilian.domains.alliance.models import Centre, Establishment, Unchanged
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.models import Institution
from yilian.registry.models.consortium import GRID_KINDS, ConsortiumKind
from yilian.registry.models.institution import Affiliation, Ownership
from yilian.registry.regulations import S0, S2, S4

TERTIARY = 3


def _answers_for_a_grid(establishment: Establishment) -> bool:
    return establishment.form in GRID_KINDS


@rule(_("名称不得与现有医联体相同"), cite=ONE_OF_A_NAME)
def name_is_free(establishment: Establishment) -> bool:
    return records.named(establishment.name) is None


@rule(_("城市医疗集团和县域医共体按网格建设，应指明负责的网格"), cite=(S0.article("国办法 3"), S2.article("2.1.1")))
def grid_is_named(establishment: Establishment) -> bool:
    return not _answers_for_a_grid(establishment) or establishment.grid_id is not None


@rule(_("每个网格由一个医疗集团或者医共体负责"), cite=S0.article("摘编 9"))
def grid_is_free(establishment: Establishment) -> Verdict:
    holder = grids.holder_of(establishment.grid) if establishment.grid else None
    if holder is None or not _answers_for_a_grid(establishment):
        return Verdict(True)
    return Verdict(False, now("“{grid}”已由{name}负责").format(grid=establishment.grid, name=holder.name))


@rule(_("市辖区未开展县域医共体建设的划网格建城市医联体；县域医共体限于一个县域"),
      cite=(S2.article("2.1.1"), S0.article("国办法 2")))  # fmt: skip
def grid_suits_the_kind(establishment: Establishment) -> Verdict:
    if not establishment.grid or not _answers_for_a_grid(establishment):
        return Verdict(True)
    if establishment.form == ConsortiumKind.CITY_GROUP:
        taken = grids.communities_within(establishment.grid)
        names = now("、").join(one.name for one in taken)
        return Verdict(not taken, now("网格内已有县域医共体：{names}").format(names=names))
    counties = grids.counties_of(establishment.grid)
    return Verdict(len(counties) == 1, now("网格跨越：{names}").format(names=now("、").join(counties)))


@rule(_("网格由市级三级公立医院或者代表辖区医疗水平的医院牵头"), cite=S2.article("2.1.1"))
def lead_represents_the_region(establishment: Establishment) -> Verdict:
    lead = establishment.lead
    if not _answers_for_a_grid(establishment) or establishment.lead_reason.strip():
        return Verdict(True)
    if lead.grade is None or not lead.ownership or lead.affiliation is None:
        return Verdict(None, now("牵头医院的等级、所有制或隶属关系尚未登记；也可填写牵头资格说明"))
    is_city_tertiary = (
        lead.tier == TERTIARY and lead.ownership == Ownership.PUBLIC and lead.affiliation == Affiliation.CITY
    )
    return Verdict(is_city_tertiary, now("{name}不是市级三级公立医院，请填写牵头资格说明").format(name=lead.name))


def is_provincial(establishment: Establishment) -> bool:
    """Say whether a provincial or national hospital is to lead a grid."""
    affiliation = establishment.lead.affiliation if establishment.lead else None
    return _answers_for_a_grid(establishment) and affiliation in (Affiliation.NATIONAL, Affiliation.PROVINCE)


@rule(_("省级医院原则上不牵头管理网格；确需牵头的，应写明理由"), cite=S2.article("2.1.1"))
def provincial_lead_asks_for_an_exception(establishment: Establishment) -> bool:
    return not is_provincial(establishment) or bool(establishment.exception_request.strip())


@rule(_("省级医院原则上不牵头管理网格；同意例外的，主管部门应写明理由"), cite=S2.article("2.1.1"))
def exception_is_reasoned(establishment: Establishment) -> bool:
    return not is_provincial(establishment) or bool(establishment.exception_reason.strip())


@rule(_("应列出牵头单位以外的成员单位"), cite=S0.article("国办法 2"))
def members_are_listed(establishment: Establishment) -> bool:
    return bool(set(establishment.members) - {establishment.lead_id})


@rule(_("社会办医疗卫生机构按照自愿原则参加"), cite=(S2.article("2.1.1"), S0.article("摘编 8")))
def private_members_volunteer(establishment: Establishment) -> Verdict:
    rows = Institution.objects.filter(pk__in=establishment.members)
    unwilling = [row.name for row in rows.filter(ownership=Ownership.PRIVATE).exclude(pk__in=establishment.volunteers)]
    if unwilling:
        return Verdict(False, now("尚未表明自愿：{names}").format(names=now("、").join(unwilling)))
    if unclear := [row.name for row in rows.filter(ownership="").exclude(pk__in=establishment.volunteers)]:
        return Verdict(None, now("所有制尚未登记：{names}").format(names=now("、").join(unclear)))
    return Verdict(True)


@rule(_("应当设立管理专门机构"), cite=S2.article("2.1.2"))
def management_body_is_named(establishment: Establishment) -> bool:
    return not _answers_for_a_grid(establishment) or bool(establishment.management_body.strip())


@rule(_("应当制订章程，规定责任、权利和义务"), cite=S2.article("2.1.2"))
def charter_is_adopted(establishment: Establishment) -> Verdict:
    if not _answers_for_a_grid(establishment):
        return Verdict(True)
    if not records.has_attachment(establishment, attachment_kinds.CHARTER):
        return Verdict(False, now("请上传章程"))
    adopted = establishment.charter_on is not None and establishment.charter_on <= clock.today()
    return Verdict(adopted, now("请填写章程通过日期（不晚于今天）"))


@rule(_("远程医疗协作网应订合作协议，写明权责、内容、期限与分工"), cite=S0.article("管理制度 14"))
def agreement_is_attached(establishment: Establishment) -> bool:
    return _answers_for_a_grid(establishment) or records.has_attachment(establishment, attachment_kinds.AGREEMENT)


@rule(_("整合设置人力资源、财务、公共卫生、信息和后勤五个管理中心；未全部设置的，应写明安排"),
      cite=(S2.article("2.1.3"), S0.article("摘编 4")))  # fmt: skip
def five_centres_are_planned(establishment: Establishment) -> Verdict:
    if not _answers_for_a_grid(establishment) or establishment.centres_plan.strip():
        return Verdict(True)
    missing = [str(title) for key, title in Centre.choices if key not in establishment.centres]
    return Verdict(not missing, now("未列：{names}").format(names=now("、").join(missing)))


@rule(_("资产归属、行政隶属、财政投入渠道、人员身份原则上保持不变；有变化的，应写明"),
      cite=(S4.article("7.1"), S2.article("2.1.2")))  # fmt: skip
def four_stay_unchanged(establishment: Establishment) -> Verdict:
    missing = [str(title) for key, title in Unchanged.choices if key not in establishment.unchanged]
    if not missing or establishment.unchanged_note.strip():
        return Verdict(True)
    return Verdict(False, now("未确认：{names}").format(names=now("、").join(missing)))


@rule(_("由县级以上卫生健康行政部门规划、实施"), cite=S0.article("摘编 6"))
def authority_is_known(establishment: Establishment) -> Verdict:
    return Verdict(establishment.authority_id is not None, now("网格或牵头单位所在地的卫生健康行政部门尚未登记"))


@rule(_("主管部门只能规划本行政区域内的网格"), cite=S0.article("摘编 6"))
def grid_lies_in_the_region(establishment: Establishment, actor: Actor) -> bool:
    return establishment.grid is None or grids.lies_under(establishment.grid, actor.institution_id)


@rule(_("批复日期不早于申请日期，也不晚于今天"), cite=IN_ORDER)
def approval_day_is_possible(establishment: Establishment, asked: bool = True) -> bool:
    opened = clock.local(establishment.opened_at).date()
    return not asked or (establishment.approved_on is not None and opened <= establishment.approved_on <= clock.today())


GRID = (grid_is_named, grid_is_free, grid_suits_the_kind)
SUBMITTING = (
    name_is_free, *GRID, authority_is_known, lead_represents_the_region, provincial_lead_asks_for_an_exception,
    members_are_listed, private_members_volunteer, management_body_is_named, charter_is_adopted, agreement_is_attached,
    five_centres_are_planned, four_stay_unchanged, no_founder_fails_a_condition,
)  # fmt: skip
APPROVING = (
    name_is_free, *GRID, every_founder_has_agreed, every_founder_meets_the_conditions, private_members_volunteer,
    exception_is_reasoned, approval_day_is_possible,
)  # fmt: skip

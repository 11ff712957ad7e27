"""What a filing must fulfil (S3 5 to 12 and 20)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import attachment_kinds, clocks, places, records
from yilian.domains.alliance.founders.rules import (
    every_founder_has_agreed,
    every_founder_meets_the_conditions,
    no_founder_fails_a_condition,
)
from yilian.domains.alliance.grounds import IN_ORDER, ONE_OF_A_NAME
from yilian.domains.alliance.jurisdiction import jurisdiction
from yilian.domains.alliance.models import Basis, Ending, Filing
from yilian.domains.alliance.naming import split_name
from yilian.domains.alliance.rules_of_consortia import one_chair
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Institution
from yilian.registry.regulations import S3


@rule(_("牵头单位应在所申报专科有优势，其登记的诊疗科目应包含该专科"), cite=S3.article("5"))
def applicant_practises_specialty(filing: Filing) -> Verdict:
    known = records.subjects_of(filing.applicant)
    if not known:
        return Verdict(None, now("{name}的诊疗科目尚未登记，请先补登").format(name=filing.applicant))
    return Verdict(filing.specialty in known, now("登记的诊疗科目中没有“{name}”").format(name=filing.specialty_name))


@rule(_("申报专科原则上取二级诊疗科目；取其他名称的，应写明类别与理由"), cite=S3.article("6"))
def specialty_is_second_level_or_explained(filing: Filing) -> Verdict:
    if filing.basis == Basis.SECOND_LEVEL and "." in filing.specialty:
        return Verdict(True)
    if filing.basis == Basis.SECOND_LEVEL:
        return Verdict(False, now("“{name}”不是二级诊疗科目，请改选类别").format(name=filing.specialty_name))
    return Verdict(bool(filing.basis and filing.basis_note.strip()), now("请填写“选用说明”"))


@rule(_("联盟名称宜由行政区划、专科名称和“专科联盟”三段组成；不取三段的，应写明理由"), cite=S3.article("7"))
def name_has_three_parts(filing: Filing) -> Verdict:
    codes = [filing.applicant.region_id or "", *filing.coverage]
    parts = split_name(filing.name, places.names_around(codes), (filing.field_name, filing.specialty_name))
    if parts.is_complete or filing.name_note.strip():
        return Verdict(True)
    lacking = [
        title
        for title, part in (
            (now("行政区划"), parts.region),
            (now("专科名称"), parts.specialty),
            ("专科联盟", parts.tail),
        )
        if not part
    ]
    return Verdict(False, now("“{name}”中未见：{parts}").format(name=filing.name, parts=now("、").join(lacking)))


@rule(_("名称不得与现有医联体相同"), cite=ONE_OF_A_NAME)
def name_is_free(filing: Filing) -> bool:
    return records.named(filing.name) is None


@rule(_("按覆盖区划和名称应有相应的备案机关"), cite=S3.article("8"))
def authority_is_known(filing: Filing) -> Verdict:
    if filing.authority_id:
        return Verdict(True)
    if filing.level is None:
        return Verdict(False, now("请填写覆盖区划，并确认本机构的所在区划已登记"))
    level = filing.get_level_display()
    return Verdict(False, now("应由{level}备案，但该级卫生健康行政部门尚未登记").format(level=level))


@rule(_("因考核不合格被解散的专科联盟，其牵头单位三年内不得再次申请设置该专业专科联盟"), cite=S3.article("20"))
def lead_is_not_banned(filing: Filing) -> Verdict:
    years = int(value_of("alliance.ban_years"))
    for ending in records.failed_alliances(filing.applicant_id, filing.specialty):
        facts = {"name": ending.consortium.name, "specialty": _banned(ending, filing), "years": years}
        if ending.ended_on is None:
            detail = now("“{name}”已于 {day} 因考核不合格被责令解散，自解散之日起 {years} 年内不得再次申请{specialty}")
            return Verdict(False, detail.format(day=ending.ordered_on, **facts))
        free = clocks.may_apply_from(ending.ended_on, years)
        if clock.today() < free:
            detail = now("“{name}”已于 {day} 因考核不合格解散，{free} 前不得再次申请{specialty}")
            return Verdict(False, detail.format(day=ending.ended_on, free=free, **facts), passes_on=free)
    return Verdict(True)


def _banned(ending: Ending, filing: Filing) -> str:
    """Say which specialty the ban is on; how another subject comes under it is said too."""
    banned = ending.consortium.specialty
    if banned is None or banned.code == filing.specialty:
        return now("该专业")
    return now("该专业（{banned}与{asked}为同一专业的一、二级诊疗科目）").format(
        banned=f"{banned.code} {banned.name}", asked=f"{filing.specialty} {filing.specialty_name}"
    )


@rule(_("提出设置申请应附可行性报告"), cite=S3.article("9"))
def feasibility_report_is_attached(filing: Filing) -> bool:
    return records.has_attachment(filing, attachment_kinds.FEASIBILITY)


@rule(_("筹建完毕应提交联盟章程，并写明通过日期"), cite=(S3.article("9"), S3.article("11")))
def charter_is_adopted(filing: Filing) -> Verdict:
    if not records.has_attachment(filing, attachment_kinds.CHARTER):
        return Verdict(False, now("请上传章程"))
    adopted = filing.charter_on is not None and filing.charter_on <= clock.today()
    return Verdict(adopted, now("请填写章程通过日期（不晚于今天）"))


@rule(_("理事会设理事长一名、副理事长若干名"), cite=S3.article("11"))
def council_has_one_chair(filing: Filing) -> Verdict:
    return one_chair(filing.seats)


@rule(_("理事会每届任期四年，应写明本届起始日期"), cite=S3.article("11"))
def council_term_is_known(filing: Filing) -> bool:
    return filing.council_since is not None


@rule(_("牵头单位内部应设秘书处或办公室"), cite=S3.article("12"))
def secretariat_is_named(filing: Filing) -> bool:
    return bool(filing.secretariat.strip())


@rule(_("应提交牵头单位以外的成员单位"), cite=(S3.article("9"), S3.article("2")))
def members_are_listed(filing: Filing) -> bool:
    return bool(set(filing.members) - {filing.applicant_id})


@rule(_("牵头单位与成员单位应当签订合作协议"), cite=S3.article("11"))
def agreements_are_attached(filing: Filing) -> bool:
    return records.has_attachment(filing, attachment_kinds.AGREEMENT)


@rule(_("成员单位所在区划不应改变备案级别"), cite=S3.article("8"))
def members_do_not_change_the_level(filing: Filing) -> Verdict:
    members = list(Institution.objects.filter(pk__in=filing.members))
    if homeless := [member.name for member in members if not member.region_id]:
        return Verdict(None, now("所在区划未登记：{names}").format(names=now("、").join(homeless)))
    codes = [filing.applicant.region_id or "", *filing.coverage, *(member.region_id or "" for member in members)]
    found = jurisdiction(filing.name, places.places_of(codes), places.province_words(codes))
    wider = found is None or found.level != filing.level
    detail = now("按成员单位分布不再由{level}备案，请撤回后重新申请").format(level=filing.get_level_display())
    return Verdict(not wider, detail)


@rule(_("经实地核实的，核实结论应为达到筹建要求"), cite=S3.article("9"))
def visit_went_well(filing: Filing) -> bool:
    return filing.visited_on is None or bool(filing.visit_passed)


@rule(_("批准日期不早于申请日期，也不晚于今天"), cite=IN_ORDER)
def approval_day_is_possible(filing: Filing, asked: bool = True) -> bool:
    opened = clock.local(filing.opened_at).date()
    return not asked or (filing.approved_on is not None and opened <= filing.approved_on <= clock.today())


APPLICATION = (
    applicant_practises_specialty,
    specialty_is_second_level_or_explained,
    name_has_three_parts,
    name_is_free,
    authority_is_known,
    lead_is_not_banned,
    feasibility_report_is_attached,
)
MATERIALS = (
    charter_is_adopted,
    council_has_one_chair,
    council_term_is_known,
    secretariat_is_named,
    members_are_listed,
    agreements_are_attached,
    members_do_not_change_the_level,
)
PRESENTING = (*MATERIALS, no_founder_fails_a_condition)
APPROVAL = (
    *MATERIALS,
    every_founder_has_agreed,
    every_founder_meets_the_conditions,
    name_is_free,
    lead_is_not_banned,
    visit_went_well,
    approval_day_is_possible,
)

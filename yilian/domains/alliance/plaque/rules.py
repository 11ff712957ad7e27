"""What a plaque must fulfil (S4 7.2.2 and annex)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.models import Plaque, PlaqueRequest
from yilian.domains.alliance.plaques import WHY, in_force, lapse_of
from yilian.domains.alliance.rules_of_consortia import consortium_is_not_being_dissolved, consortium_is_running
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import is_member
from yilian.registry.regulations import S4


@rule(_("挂牌的机构应是该医联体的成员单位"), cite=S4.article("7.2.2"))
def applicant_is_a_member(request: PlaqueRequest) -> bool:
    return request.consortium_id is not None and is_member(request.applicant_id, request.consortium_id, clock.today())


@rule(_("应承诺按照协议积极开展医疗、教学、科研合作"), cite=S4.article("附件.1"))
def cooperation_is_promised(request: PlaqueRequest) -> bool:
    return request.promises_cooperation


@rule(_("应承诺仅在医疗集团范围内使用品牌，并保护牵头医院的名誉"), cite=S4.article("附件.2"))
def use_is_promised(request: PlaqueRequest) -> bool:
    return request.promises_use


@rule(_("应承诺发生分立、合并、解散、破产清算时主动告知并停止使用"), cite=S4.article("附件.3"))
def notice_is_promised(request: PlaqueRequest) -> bool:
    return request.promises_notice


@rule(_("该机构尚未在该医联体挂牌"), cite=IN_ORDER)
def no_plaque_is_up(request: PlaqueRequest) -> Verdict:
    if request.consortium_id is None:
        return Verdict(True)
    plaque = in_force(request.applicant_id, request.consortium_id, clock.today())
    if plaque is None:
        return Verdict(True)
    return Verdict(False, now("“{name}”自 {day} 起有效").format(name=plaque.name, day=plaque.consented_on))


@rule(_("挂牌授权已因机构终止、退出或医联体终止而自动终止"), cite=S4.article("附件.3"))
def plaque_has_lapsed(request: PlaqueRequest) -> Verdict:
    plaque = Plaque.objects.filter(case_id=request.pk).select_related("institution", "consortium").first()
    lapse = lapse_of(plaque) if plaque else None
    if lapse is None:
        return Verdict(False, now("授权仍然有效"))
    detail = now("{why}，自 {day} 起终止").format(why=WHY[lapse.why], day=lapse.on)
    return Verdict(lapse.on <= clock.today(), detail, passes_on=lapse.on if lapse.on > clock.today() else None)


REQUESTING = (
    consortium_is_running,
    consortium_is_not_being_dissolved,
    applicant_is_a_member,
    cooperation_is_promised,
    use_is_promised,
    notice_is_promised,
    no_plaque_is_up,
)
CONSENTING = (consortium_is_running, consortium_is_not_being_dissolved, applicant_is_a_member, no_plaque_is_up)

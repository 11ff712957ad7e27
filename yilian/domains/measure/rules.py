"""What must hold before a definition is tried, handed in and adopted."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.measure.deciding import competent
from yilian.domains.measure.models import Change, IndicatorChange, Trial
from yilian.domains.measure.writing import as_written, formula_of, in_force
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.indicators.catalogue import GROUND
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import lead_of
from yilian.registry.resolutions import under_way

OWN = Decision(GROUND, _("医联体的口径由牵头单位提出、试算、批准后生效"))
RESOLVED = Decision(
    "docs/adr/0213-a-definition-and-a-scheme-are-adopted-by-the-body-that-sits.md",
    _("有决策机构的医联体，指标口径和考核方案由其决议"),
)
PAST = Decision(GROUND, _("已经算出并可能用于考核的月份不改口径"))


@rule(_("要试算的是一份新的公式"), cite=OWN)
def formula_is_proposed(measure: IndicatorChange) -> Verdict:
    return Verdict(measure.change != Change.TARGET, now("只设定目标值不改公式，不必试算，可直接提交批准"))


@rule(_("公式读得懂，所用的列、代码和类型都对"), cite=OWN)
def formula_can_be_read(measure: IndicatorChange) -> Verdict:
    if measure.change == Change.TARGET:
        return Verdict(in_force(measure) is not None, now("没有这项指标"))
    try:
        found = formula_of(measure).aggregates
    except FormulaRefused as refused:
        return Verdict(False, refused.sentence)
    return Verdict(bool(found))


@rule(_("由该医联体的牵头单位提出"), cite=OWN)
def owner_leads(measure: IndicatorChange) -> bool | None:
    if measure.consortium_id is None:
        return None
    lead = lead_of(measure.consortium_id, clock.today())
    return lead is not None and lead.pk == measure.owner_id


@rule(_("修改的是按公式计算的指标"), cite=OWN)
def indicator_has_a_formula(measure: IndicatorChange) -> Verdict:
    if measure.change != Change.CHANGED:
        return Verdict(True)
    found = in_force(measure)
    return Verdict(
        found is not None and found.formula is not None, now("该指标不是由公式计算的，可以只设定目标值，或另建新指标")
    )


@rule(_("自本月或以后的月份起生效"), cite=PAST)
def month_is_not_past(measure: IndicatorChange) -> bool | None:
    return None if measure.effective_on is None else measure.effective_on >= clock.today().replace(day=1)


@rule(_("现在这份公式已经试算，试算没有失败"), cite=OWN)
def was_tried(measure: IndicatorChange) -> Verdict:
    if measure.change == Change.TARGET:
        return Verdict(True)
    last = Trial.objects.filter(case=measure.pk).first()
    if last is None or bytes(last.digest) != as_written(measure).definition_digest:
        return Verdict(False, now("请先试算；改过公式要再试算一次"))
    return Verdict(not last.failure, last.failure)


@rule(_("批准者不是提交者"), cite=OWN)
def approver_is_another(measure: IndicatorChange, actor: Actor) -> bool:
    line = measure.history.filter(verb="submit").order_by("-seq").first()
    return actor.is_system or line is None or line.actor_id != actor.user_id


@rule(_("有权决定的机构在位的，由其决议"), cite=RESOLVED)
def no_body_decides(measure: IndicatorChange, actor: Actor) -> Verdict:
    sitting = None if actor.is_system else competent(measure)
    return Verdict(sitting is None, now("请提请{name}审议").format(name=sitting.name if sitting else ""))


@rule(_("提请审议需有在位的机构"), cite=RESOLVED)
def a_body_decides(measure: IndicatorChange) -> Verdict:
    return Verdict(competent(measure) is not None, now("没有在位的机构，由院领导批准"))


@rule(_("同一事项不重复提请审议"), cite=RESOLVED)
def is_not_put_yet(measure: IndicatorChange) -> Verdict:
    number = under_way(measure)
    return Verdict(not number, now("议案 {number} 正在办理").format(number=number))

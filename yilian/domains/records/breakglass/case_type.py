"""Emergency reading as a case type: broken by a doctor, reviewed by the patient's institution and the office."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.records.breakglass import reasons, rules
from yilian.domains.records.breakglass.effects import break_glass, derived, reviewers
from yilian.domains.records.card import emergency_card
from yilian.domains.records.models import BreakGlass
from yilian.domains.records.models.breakglass import BreakGlassState as S
from yilian.domains.records.parameters import REVIEW_HOURS
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import Ask, Deadline, Flow, Party, Side, Step

READER = Party("reader", "doctor", "nursing")
REVIEWERS = (Party("home", "quality", "director"), Party("office", "office", "quality"))
FORM = (
    Ask("patient", _("患者"), "patient"),
    Ask("emergency_reason", _("紧急原因"), "reason", source=reasons.EMERGENCY),
    Ask("circumstances", _("情况说明"), "longtext", max_length=1000, is_copied=False),
)
FINDING = Ask("finding", _("复核意见"), "longtext", required=False, max_length=1000)
STEPS = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, READER, asks=FORM, duty=False, tell=()),
    Step("break", _("立即调阅"), S.DRAFT, S.AWAITING_REVIEW, READER, needs=(rules.circumstances_are_told,),
         then=(break_glass,), style="danger", completes=True, convenes=True, tell=("home", "office"),
         help=_("立即获得限时调阅权限；下一个工作日由患者所属机构和医联体办公室复核。")),
    Step("discard", _("作废草稿"), S.DRAFT, S.DISCARDED, READER, duty=False),
    Step("justify", _("认定正当"), S.AWAITING_REVIEW, S.JUSTIFIED, REVIEWERS, asks=(FINDING,), style="primary",
         needs=(rules.reviewer_is_another,), tell=("reader",)),
    Step("ask_explanation", _("要求说明"), S.AWAITING_REVIEW, S.EXPLAINING, REVIEWERS, duty=False, tell=("reader",),
         asks=(Ask("question", _("需要说明的问题"), "longtext", max_length=1000),)),
    Step("explain", _("补充说明"), S.EXPLAINING, S.AWAITING_REVIEW, READER, style="primary",
         asks=(Ask("explanation", _("说明"), "longtext", max_length=2000),), tell=("home", "office")),
    Step("reject", _("认定不当"), S.AWAITING_REVIEW, S.UNJUSTIFIED, REVIEWERS, asks=(FINDING,), style="danger",
         needs=(rules.reviewer_is_another, rules.finding_is_written), tell=("reader", "home", "office")),
)  # fmt: skip
TONES = {S.DRAFT: "default", S.AWAITING_REVIEW: "warning", S.EXPLAINING: "violet", S.JUSTIFIED: "success",
         S.UNJUSTIFIED: "danger", S.DISCARDED: "default"}  # fmt: skip

breakglass_type = case_types.add(
    CaseType(
        key="breakglass",
        title=_("紧急调阅"),
        group=_("病历共享"),
        prefix="JJ",
        model=BreakGlass,
        states={state: (state.label, TONES[state]) for state in S},
        sides=(
            Side("reader", 1, _("调阅机构")),
            Side("home", 2, _("患者所属机构")),
            Side("office", 3, _("医联体办公室")),
        ),
        flow=Flow(
            start=S.DRAFT,
            finals=(S.JUSTIFIED, S.UNJUSTIFIED, S.DISCARDED),
            steps=STEPS,
            deadlines=(
                Deadline(S.AWAITING_REVIEW, REVIEW_HOURS, counts_from="review_from"),
                Deadline(S.EXPLAINING, REVIEW_HOURS, counts_from="review_from"),
            ),
        ),
        opens=(READER,),
        form=FORM,
        heading=lambda case: case.emergency_reason_name or str(_("紧急调阅")),
        derives=derived,
        oversight=reviewers,
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("emergency_reason_name", _("紧急原因")),
            Column("reader", _("调阅机构"), "institution"),
            Column("state", _("状态"), "state"),
            Column("review_on", _("应复核日期"), "date"),
            Column("since", _("进入本状态"), "datetime", shown=False),
        ),
        panels=(Panel("emergency", _("紧急调阅"), "records/card_emergency.html", emergency_card),),
        icon="urgent",
        in_menu=False,
        verb_new=_("紧急调阅"),
        help=_("危及生命来不及取得授权时调阅患者病历：立即开放、限时有效、全程留痕，次一工作日由他方复核。"),
    )
)  # fmt: skip

"""The approval still owed for a referral that went first: a task of the sender's house, reminded of and escalated."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import parameters
from yilian.domains.referral.green import rules
from yilian.domains.referral.models import Countersign
from yilian.domains.referral.models.green import CountersignState as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Ask, Deadline, Flow, Party, Side, Step
from yilian.kernel.workflow.moment import Moment
from yilian.registry.regulations import S4

APPROVER, SENDER = Party("signer", "reception", "director", "head"), Party("signer", "doctor", "reception", "director")
OPINION = Ask("opinion", _("补审意见"), max_length=300, required=False)
OBJECTION = Ask("opinion", _("不同意的理由"), max_length=300)
FOUND = (rules.referral_is_named, rules.approver_is_another, rules.approver_is_the_one_wanted)


def note_decision(moment: Moment) -> None:
    moment.set(decided_by=moment.actor.name, decided_at=moment.at)


STEPS = (
    Step("approve", _("补审同意"), S.OWED, S.APPROVED, APPROVER, asks=(OPINION,), needs=FOUND, style="primary",
         notes=(note_decision,), tell=(), cite=S4.article("6.2.4")),
    Step("object", _("补审不同意"), S.OWED, S.OBJECTED, APPROVER, asks=(OBJECTION,), needs=FOUND, duty=False,
         style="danger", notes=(note_decision,), tell=("signer", "office"),
         help=_("患者已转出，转诊单不因此撤销；意见告知经办医生和医联体办公室，用于复盘。")),
)  # fmt: skip
TONES = {S.OWED: "warning", S.APPROVED: "success", S.OBJECTED: "danger"}

case_types.add(
    CaseType(
        key="countersign",
        title=_("补审转诊"),
        group=_("协同诊疗"),
        prefix="BS",
        model=Countersign,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("signer", 1, _("转出方")), Side("office", 10, _("医联体办公室"), is_oversight=True)),
        flow=Flow(start=S.OWED, finals=(S.APPROVED, S.OBJECTED), steps=STEPS,
                  deadlines=(Deadline(S.OWED, parameters.COUNTERSIGN),)),
        opens=(SENDER,),
        form=(Ask("patient", _("患者"), "patient"),),
        heading=lambda owed: owed.waiver or str(_("补审转诊")),
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("waiver", _("未先审核的缘由")),
            Column("state", _("状态"), "state"),
            Column("due", _("补审期限"), "datetime"),
            Column("decided_by", _("补审人"), shown=False),
        ),
        icon="rubber-stamp",
        in_menu=False,
        comes_along=True,
        help=_("绿色通道或应急模式下未经院内审核即发出的转诊，由转出方负责人限期补审；逾期提醒并上报。"),
    )
)  # fmt: skip

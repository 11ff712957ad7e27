"""The follow-up task as a case type: a member visits or calls a patient who was referred down."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import parameters, reasons
from yilian.domains.referral.asks import CAUSE, DIED_ON
from yilian.domains.referral.effects_of_ending import heed_reason
from yilian.domains.referral.models import FollowUp
from yilian.domains.referral.models.followup import Control, FollowUpState, Way
from yilian.domains.referral.rules_of_death import death_is_past
from yilian.domains.referral.rules_of_followup import date_is_past, day_lies_ahead, patient_is_named
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S4

PERFORMER = Party("performer", "doctor", "reception", "nursing")
REQUESTER = Party("requester", "doctor", "reception")
PLANNED, DONE, MISSED, CANCELLED = FollowUpState
FORM = (
    Ask("patient", _("患者"), "patient"),
    Ask("task", _("随访内容"), max_length=200),
    Ask("due_on", _("应随访日期"), "date"),
)
STEPS = (
    Step(
        "finish", _("登记随访"), PLANNED, DONE, PERFORMER, style="primary", needs=(patient_is_named, date_is_past),
        asks=(
            Ask("done_on", _("随访日期"), "date"),
            Ask("way", _("随访方式"), "choice", choices=Way.choices),
            Ask("control", _("病情"), "choice", choices=Control.choices),
            Ask("result", _("随访结果"), "longtext"),
        ),
        tell=("requester",), cite=S4.article("3.2.5"),
    ),
    Step(
        "miss", _("登记未随访"), PLANNED, MISSED, PERFORMER, duty=False, tell=("requester",),
        asks=(
            Ask("missed_reason", _("未随访原因"), "reason", source=reasons.FOLLOWUP_MISSED),
            replace(DIED_ON, when="missed_reason=died"),
        ),
        needs=(death_is_past,), then=(heed_reason,),
    ),
    Step(
        "postpone", _("改日随访"), PLANNED, STAY, PERFORMER, duty=False, needs=(day_lies_ahead,), tell=(),
        asks=(Ask("due_on", _("应随访日期"), "date"), Ask("why_later", _("改期原因"), max_length=200)),
    ),
    Step(
        "cancel", _("取消"), PLANNED, CANCELLED, (PERFORMER, REQUESTER), duty=False, style="danger",
        asks=(Ask("why_cancelled", _("取消原因"), max_length=200),),
    ),
    Step("drop_task", _("因患者的另一事项取消"), PLANNED, CANCELLED, CLOCK, asks=CAUSE,
         tell=("performer", "requester")),
    Step("lapse", _("逾期未随访"), PLANNED, MISSED, CLOCK, tell=("performer", "requester")),
)  # fmt: skip

followup_type = case_types.add(
    CaseType(
        key="followup",
        title=_("随访任务"),
        group=_("协同诊疗"),
        prefix="SF",
        model=FollowUp,
        states={
            PLANNED: (PLANNED.label, "warning"),
            DONE: (DONE.label, "success"),
            MISSED: (MISSED.label, "danger"),
            CANCELLED: (CANCELLED.label, "default"),
        },
        sides=(
            Side("performer", 1, _("随访机构")),
            Side("requester", 2, _("下转机构")),
            Side("office", 10, _("医联体办公室"), is_oversight=True),
        ),
        flow=Flow(
            start=PLANNED,
            finals=(DONE, MISSED, CANCELLED),
            steps=STEPS,
            deadlines=(
                Deadline(
                    PLANNED, parameters.FOLLOWUP_LATE, "lapse", counts_from="due_on", grace=parameters.FOLLOWUP_GRACE
                ),
            ),
        ),
        opens=(PERFORMER,),
        form=FORM,
        heading=lambda followup: followup.task or str(_("随访")),
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("task", _("随访内容")),
            Column("due_on", _("应随访日期"), "date"),
            Column("performer", _("随访机构"), "institution"),
            Column("state", _("状态"), "state"),
            Column("done_on", _("随访日期"), "date", shown=False),
            Column("missed_reason_name", _("未随访原因"), shown=False),
        ),
        icon="calendar-check",
        verb_new=_("新建随访任务"),
        help=_("接收下转患者的机构按日期随访，结果回告下转机构。"),
    )
)

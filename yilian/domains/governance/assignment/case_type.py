"""The task as a case type: it comes along with a resolution, is reported with evidence and judged."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.assignment import rules
from yilian.domains.governance.models import Assignment
from yilian.domains.governance.models import AssignmentState as S
from yilian.domains.governance.parameters import TASK_DAYS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step

LEAD = Party("lead", "office", "director", "secretary")
DOER = Party("doer", "office", "director")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("source", _("依据的决议"), max_length=160),
    Ask("what", _("事项"), max_length=200),
    Ask("doer", _("承办单位"), "institution"),
    Ask("until_on", _("完成期限"), "date"),
)
REPORT = (Ask("evidence", _("完成情况"), "longtext", max_length=4000, help=_("佐证材料作为附件上传")),)
VERDICT = (Ask("verdict", _("认定意见"), "longtext", max_length=2000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.DONE, S.FAILED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("assign", _("交办"), S.DRAFT, S.ASSIGNED, (LEAD, CLOCK), completes=True, convenes=True, style="primary"),
        Step("report", _("报告完成情况"), S.ASSIGNED, S.REPORTED, DOER, asks=REPORT, style="primary"),
        Step("accept", _("认定完成"), S.REPORTED, S.DONE, LEAD, needs=(rules.evidence_is_told,), style="primary",
             tell=("doer",)),
        Step("send_back", _("退回补办"), S.REPORTED, S.ASSIGNED, LEAD, asks=VERDICT, tell=("doer",)),
        Step("fail", _("认定未完成"), (S.ASSIGNED, S.REPORTED), S.FAILED, LEAD, asks=VERDICT, duty=False,
             style="danger", tell=("doer",)),
    ),
    deadlines=(Deadline(S.ASSIGNED, TASK_DAYS, counts_from="until_on"),),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.ASSIGNED: "warning", S.REPORTED: "info", S.DONE: "success", S.FAILED: "danger"}

case_types.add(
    CaseType(
        key="assignment",
        title=_("决议事项"),
        group=_("医联体治理"),
        prefix="RW",
        model=Assignment,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("lead", 1, _("交办单位")), Side("doer", 2, _("承办单位"))),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        parties_from={"doer": "doer"},
        heading=lambda task: task.what or str(_("决议事项")),
        columns=(
            Column("what", _("事项")),
            Column("doer", _("承办单位"), "institution"),
            Column("until_on", _("完成期限"), "date"),
            Column("source", _("依据的决议"), shown=False),
        ),
        main_states=(S.DRAFT, S.ASSIGNED, S.REPORTED, S.DONE),
        icon="list-check",
        comes_along=True,
        help=_("通过的议案所列事项自动交由承办单位办理，附佐证报告，由牵头单位认定；未办结的列入下次会议通知。"),
    )
)

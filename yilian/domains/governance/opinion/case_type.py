"""The opinion as a case type: filed by a member, answered by the lead in time, accepted or brought before a meeting."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models import Remark
from yilian.domains.governance.models import RemarkState as S
from yilian.domains.governance.models.opinion import Adoption, Nature
from yilian.domains.governance.opinion import rules
from yilian.domains.governance.opinion.effects import bring_before_the_meeting, lead_today, note_day
from yilian.domains.governance.parameters import OPINION_DAYS, OPINION_REST
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S4

MEMBER = Party("member", "office", "director", "secretary")
LEAD = Party("lead", "office", "director", "secretary")
CITE = S4.article("7.2.4")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("nature", _("类型"), "choice", choices=tuple(Nature.choices)),
    Ask("subject", _("标题"), max_length=120),
    Ask("text", _("内容"), "longtext", max_length=8000, rows=8),
)
ANSWER = (
    Ask("adoption", _("采纳情况"), "choice", choices=tuple(Adoption.choices)),
    Ask("answer", _("答复"), "longtext", max_length=8000),
)
OBJECTION = (Ask("objection", _("不同意答复的理由"), "longtext", max_length=2000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.CLOSED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, MEMBER, asks=FORM, duty=False),
        Step("file", _("提出"), S.DRAFT, S.FILED, MEMBER, needs=rules.FILING, completes=True, convenes=True,
             style="primary", cite=CITE, tell=("lead",)),
        Step("answer", _("答复"), S.FILED, S.ANSWERED, LEAD, asks=ANSWER, notes=(note_day,), style="primary",
             cite=CITE, tell=("member",)),
        Step("accept", _("了结"), S.ANSWERED, S.CLOSED, (MEMBER, CLOCK), style="primary", tell=()),
        Step("object", _("不同意答复"), S.ANSWERED, S.FILED, MEMBER, asks=OBJECTION, duty=False,
             then=(bring_before_the_meeting,), tell=("lead",), help=_("退回重新答复，并列入下次会议议程。")),
        Step("withdraw", _("撤回"), (S.DRAFT, S.FILED), S.WITHDRAWN, MEMBER, duty=False, style="danger",
             tell=("lead",)),
    ),
    deadlines=(Deadline(S.FILED, OPINION_DAYS, cite=CITE), Deadline(S.ANSWERED, OPINION_REST, "accept")),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.FILED: "warning", S.ANSWERED: "info", S.CLOSED: "success", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="opinion",
        title=_("意见与建议"),
        group=_("医联体治理"),
        prefix="JY",
        model=Remark,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("member", 1, _("提出单位")), Side("lead", 2, _("牵头单位"))),
        flow=flow,
        opens=(MEMBER,),
        form=FORM,
        parties_from={"lead": "lead"},
        derives=lead_today,
        heading=lambda opinion: opinion.subject or str(_("意见与建议")),
        columns=(
            Column("subject", _("标题")),
            Column("nature", _("类型")),
            Column("member", _("提出单位"), "institution"),
            Column("adoption", _("采纳情况")),
            Column("answered_on", _("答复日期"), "date"),
        ),
        main_states=(S.DRAFT, S.FILED, S.ANSWERED, S.CLOSED),
        icon="message-circle",
        verb_new=_("提出意见或建议"),
        help=_("成员单位对医联体工作提出监督意见或建议，牵头单位在期限内答复；不同意答复的列入下次会议议程。"),
    )
)

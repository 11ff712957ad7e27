"""The dispute as a case type: filed, accepted, answered, mediated, then settled, or decided where that fails."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.dispute import effects, rules
from yilian.domains.dispute import parameters as days
from yilian.domains.dispute.models import Dispute
from yilian.domains.dispute.models import DisputeState as S
from yilian.domains.dispute.panels import PANELS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step

CLAIMANT, RESPONDENT, MEDIATOR = (
    Party(side, "office", "director", "secretary") for side in ("claimant", "respondent", "mediator")
)
JUDGE = (MEDIATOR, Party("mediator", "authority"))
BOTH = (CLAIMANT, RESPONDENT)
CITE = rules.CITE

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("respondent", _("被申请方"), "institution"),
    Ask("mediator", _("调解单位"), "institution", required=False, source="any",
        help=_("留空由牵头单位调解；牵头单位是当事方的，另选成员单位或主管部门")),
    Ask("subject", _("争议事项"), max_length=120),
    Ask("claims", _("请求"), "longtext", max_length=4000),
    Ask("facts", _("事实与理由"), "longtext", max_length=8000, rows=8,
        help=_("证据作为附件上传；纠纷只有当事双方和调解单位可见")),
    Ask("about_agreement", _("涉及的协议"), "pick", required=False, source="agreement", beside=("consortium",),
        help=_("双方签过的协议；提出后与本纠纷互相关联")),
    Ask("clauses", _("涉及的条款"), "longtext", required=False, max_length=2000, help=_("第几条、怎样约定")),
)  # fmt: skip
REFUSAL = (Ask("declined_for", _("不予受理的理由"), "longtext", max_length=2000),)
REPLY = (Ask("reply", _("答辩意见"), "longtext", max_length=8000),)
DATE = (Ask("next_at", _("下次调解时间"), "datetime"), Ask("next_place", _("调解地点"), max_length=200))
SESSION = (
    Ask("held_on", _("调解日期"), "date"),
    Ask("present", _("到场人员"), max_length=300),
    Ask("record", _("调解记录"), "longtext", max_length=8000),
)
PROPOSAL = (
    Ask("proposal", _("调解方案"), "longtext", max_length=8000, stands=True),
    Ask("effect", _("对协议和条款的影响"), "longtext", required=False, max_length=4000, stands=True),
)
OBJECTION = (Ask("objection", _("不同意的理由"), "longtext", max_length=2000),)
DRAFT = (
    Ask("decision", _("拟作决定"), "longtext", max_length=8000, stands=True),
    Ask("effect", _("对协议和条款的影响"), "longtext", required=False, max_length=4000, stands=True),
)
RESOLVED = (Ask("decided_by", _("作出决定的机构与会议"), max_length=200),)
DECISION = (
    Ask("decided_by", _("作出决定的机构与会议"), max_length=200),
    Ask("decision", _("决定"), "longtext", max_length=8000),
    Ask("effect", _("对协议和条款的影响"), "longtext", required=False, max_length=4000, stands=True),
)

flow = Flow(
    start=S.DRAFT,
    finals=(S.SETTLED, S.DECIDED, S.DECLINED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, CLAIMANT, asks=FORM, duty=False),
        Step("file", _("提出申请"), S.DRAFT, S.FILED, CLAIMANT, needs=rules.FILING, completes=True, convenes=True,
             then=(effects.link_agreement,), style="primary", cite=CITE, tell=("mediator",)),
        Step("accept", _("受理"), S.FILED, S.ANSWERING, JUDGE, convenes=True, style="primary", cite=CITE,
             tell=("claimant", "respondent")),
        Step("decline", _("不予受理"), S.FILED, S.DECLINED, JUDGE, asks=REFUSAL, notes=(effects.note_end,), duty=False,
             style="danger", tell=("claimant",)),
        Step("reply", _("答辩"), S.ANSWERING, S.MEDIATING, RESPONDENT, asks=REPLY, style="primary",
             tell=("claimant", "mediator")),
        Step("go_on", _("逾期未答辩，转入调解"), S.ANSWERING, S.MEDIATING, CLOCK, tell=("claimant", "mediator")),
        Step("schedule", _("安排调解"), S.MEDIATING, STAY, JUDGE, asks=DATE, duty=False,
             tell=("claimant", "respondent")),
        Step("mediate", _("登记调解"), S.MEDIATING, STAY, JUDGE, asks=SESSION, then=(effects.keep_session,),
             tell=("claimant", "respondent")),
        Step("propose", _("提出调解方案"), S.MEDIATING, S.PROPOSED, JUDGE, needs=(rules.has_been_mediated,),
             asks=PROPOSAL, notes=(effects.ask_anew,), style="primary", tell=("claimant", "respondent")),
        Step("agree", _("同意方案"), S.PROPOSED, STAY, BOTH, notes=(effects.note_agreement,), style="primary",
             tell=("mediator",), on_any_version=True),
        Step("object", _("不同意方案"), S.PROPOSED, S.MEDIATING, BOTH, asks=OBJECTION, duty=False,
             tell=("mediator", "claimant", "respondent")),
        Step("settle", _("和解结案"), S.PROPOSED, S.SETTLED, JUDGE, needs=(rules.both_agree,),
             notes=(effects.note_end,), style="primary", cite=CITE, tell=("claimant", "respondent")),
        Step("refer", _("调解不成，提请决定"), (S.MEDIATING, S.PROPOSED), S.DECIDING, (*JUDGE, *BOTH), duty=False,
             needs=(rules.has_been_mediated,), tell=("claimant", "respondent", "mediator")),
        Step("put", _("拟作决定，提请审议"), S.DECIDING, STAY, JUDGE, asks=DRAFT, style="primary",
             needs=(rules.a_body_decides, rules.is_not_put_yet), then=(effects.put_to_body,),
             tell=("claimant", "respondent"),
             help=_("告知双方并起草议案，由有权机构表决；当事双方没有表决权；通过即作出决定。")),
        Step("resolve", _("决议作出决定"), S.DECIDING, S.DECIDED, CLOCK, asks=RESOLVED, notes=(effects.note_end,),
             cite=CITE, tell=("claimant", "mediator", "respondent")),
        Step("think_again", _("议案未通过，重新拟写"), S.DECIDING, STAY, CLOCK, asks=RESOLVED,
             notes=(effects.undecide,), tell=("mediator",)),
        Step("decide", _("作出决定"), S.DECIDING, S.DECIDED, JUDGE, asks=DECISION, needs=(rules.no_body_decides,),
             notes=(effects.note_end,), style="primary", cite=CITE, tell=("claimant", "respondent")),
        Step("withdraw", _("撤回申请"), (S.DRAFT, S.FILED, S.ANSWERING, S.MEDIATING, S.PROPOSED, S.DECIDING),
             S.WITHDRAWN, CLAIMANT, notes=(effects.note_end,), duty=False, style="danger",
             tell=("mediator", "respondent")),
    ),
    deadlines=(
        Deadline(S.FILED, days.ACCEPT_DAYS, cite=CITE),
        Deadline(S.ANSWERING, days.REPLY_DAYS, "go_on"),
        Deadline(S.MEDIATING, days.MEDIATION_DAYS),
        Deadline(S.PROPOSED, days.PROPOSAL_DAYS),
        Deadline(S.DECIDING, days.DECISION_DAYS),
    ),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.FILED: "warning", S.ANSWERING: "warning", S.MEDIATING: "info", S.PROPOSED: "warning",
    S.DECIDING: "warning", S.SETTLED: "success", S.DECIDED: "success", S.DECLINED: "danger", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="dispute",
        title=_("纠纷调解"),
        group=_("医联体治理"),
        prefix="TJ",
        model=Dispute,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("claimant", 1, _("申请方")),
            Side("mediator", 2, _("调解单位")),
            Side("respondent", 3, _("被申请方")),
        ),
        flow=flow,
        opens=(CLAIMANT,),
        form=FORM,
        parties_from={"mediator": "mediator"},
        oversight=effects.respondent,
        derives=effects.usual_mediator,
        heading=lambda dispute: dispute.subject or str(_("纠纷调解")),
        columns=(
            Column("subject", _("争议事项")),
            Column("claimant", _("申请方"), "institution"),
            Column("respondent", _("被申请方"), "institution"),
            Column("mediator", _("调解单位"), "institution"),
            Column("ended_on", _("办结日期"), "date", shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.FILED, S.ANSWERING, S.MEDIATING, S.PROPOSED, S.SETTLED),
        in_menu=False,
        icon="scale",
        verb_new=_("申请调解纠纷"),
        help=_(
            "成员单位之间的纠纷由双方以外的单位调解：受理、答辩、调解、方案、和解；调解不成的由有关机构决定。只有当事双方和调解单位可见。"
        ),
    )
)

"""The table of steps of a merit or penalty, from proposal to lapse."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.merit import effects, rules
from yilian.domains.merit import parameters as times
from yilian.domains.merit.attachment_kinds import RECEIPT
from yilian.domains.merit.catalogue import CHOICES, PUNISH, REWARD
from yilian.domains.merit.models import Measure
from yilian.domains.merit.models import MeritState as S
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Step

PROPOSER = Party("proposer", "office", "director", "secretary")
OFFICE = Party("office", "office", "director", "secretary", "authority")
HEAD = Party("office", "director", "authority")
SUBJECT = Party("subject", "office", "director")
PUBLISHED = (S.OWING, S.IN_FORCE)
TOLD = ("proposer", "office", "subject")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("target", _("对象单位"), "institution"),
    Ask("person", _("对象个人"), "practitioner", required=False, source="target", help=_("对单位奖惩的留空")),
    Ask("measure", _("奖惩措施"), "choice", choices=tuple(Measure.choices)),
    Ask("ground", _("事由"), "choice", choices=CHOICES),
    Ask("amount", _("金额（元）"), "decimal", minimum=0, maximum=99_999_999, when="measure=bonus|fine"),
    Ask("facts", _("事实与依据"), "longtext", max_length=8000, rows=8,
        help=_("佐证材料作为附件上传；惩罚在公布前只有各方可见")),
)  # fmt: skip
GROUND = Ask("decided_by", _("决定依据"), max_length=200, help=_("会议或领导批示的名称与日期"))
NO = Ask("dismiss_reason", _("不予奖惩的理由"), "longtext", required=False, max_length=2000)
AGAIN = (Ask("decided_by", _("决定依据"), max_length=200, help=_("申诉由原决定人以外的人决定")),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.EXPIRED, S.REVOKED, S.DISMISSED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, PROPOSER, asks=FORM, duty=False, needs=(rules.amount_is_in_bounds,)),
        Step("propose", _("提出"), S.DRAFT, S.EXAMINING, PROPOSER, needs=rules.PROPOSING, completes=True,
             convenes=True, style="primary", tell=("office",)),
        Step("hear", _("告知并听取陈述申辩"), S.EXAMINING, S.HEARING, OFFICE, convenes=True, style="primary",
             needs=(rules.is_penalty, rules.actor_did_not_propose), cite=PUNISH, tell=("subject", "proposer")),
        Step("pass_on", _("审查通过"), S.EXAMINING, S.AWARDING, OFFICE, style="primary", cite=REWARD,
             needs=(rules.is_merit, rules.actor_did_not_propose), tell=("proposer",)),
        Step("turn_down", _("不予受理"), S.EXAMINING, S.DISMISSED, OFFICE, duty=False, style="danger",
             asks=(Ask("dismiss_reason", _("不予奖惩的理由"), "longtext", max_length=2000),),
             needs=(rules.actor_did_not_propose,), notes=(effects.note_end,), tell=("proposer",)),
        Step("state_case", _("陈述申辩"), S.HEARING, S.DECIDING, SUBJECT, style="primary", tell=("office",),
             asks=(Ask("statement", _("陈述申辩"), "longtext", max_length=8000, rows=6),)),
        Step("go_on", _("逾期未陈述，转入决定"), S.HEARING, S.DECIDING, CLOCK, tell=("office", "subject")),
        Step("put", _("提请审议"), (S.AWARDING, S.DECIDING, S.APPEALED), STAY, OFFICE, duty=False, style="primary",
             needs=(rules.a_body_decides, rules.is_not_put_yet), then=(effects.put_to_body,), tell=(),
             help=_("起草议案，由决策机构表决；当事单位没有表决权；计票后自动办理。")),
        Step("award", _("决定奖励"), S.AWARDING, S.FINAL, (HEAD, CLOCK), asks=(GROUND,), style="primary",
             needs=(rules.no_body_decides, rules.actor_did_not_propose), notes=(effects.note_decision,), cite=REWARD,
             tell=TOLD),
        Step("dismiss", _("不予奖励"), S.AWARDING, S.DISMISSED, (HEAD, CLOCK), asks=(GROUND, NO), duty=False,
             needs=(rules.no_body_decides, rules.actor_did_not_propose), style="danger",
             notes=(effects.note_decision, effects.note_end), tell=TOLD),
        Step("impose", _("决定惩罚"), S.DECIDING, S.SERVED, (HEAD, CLOCK), asks=(GROUND,), style="primary",
             needs=(rules.no_body_decides, rules.actor_did_not_propose), notes=(effects.note_decision,), cite=PUNISH,
             tell=TOLD),
        Step("acquit", _("不予惩罚"), S.DECIDING, S.DISMISSED, (HEAD, CLOCK), asks=(GROUND, NO), duty=False,
             needs=(rules.no_body_decides, rules.actor_did_not_propose), style="danger",
             notes=(effects.note_decision, effects.note_end), tell=TOLD),
        Step("appeal", _("申诉"), S.SERVED, S.APPEALED, SUBJECT, duty=False, tell=("office", "proposer"),
             asks=(Ask("appeal", _("申诉理由"), "longtext", max_length=8000, rows=6),)),
        Step("accept", _("接受决定"), S.SERVED, S.FINAL, SUBJECT, style="primary", tell=("office",),
             confirm=_("接受后不能再申诉，决定随即生效。")),
        Step("become_final", _("申诉期满，决定生效"), S.SERVED, S.FINAL, CLOCK, tell=("office", "subject")),
        Step("uphold", _("维持决定"), S.APPEALED, S.FINAL, (HEAD, CLOCK), asks=AGAIN, style="primary",
             needs=(rules.no_body_decides, rules.actor_did_not_decide), notes=(effects.note_appeal_decision,),
             tell=TOLD),
        Step("overturn", _("撤销决定"), S.APPEALED, S.REVOKED, (HEAD, CLOCK), asks=AGAIN, duty=False,
             needs=(rules.no_body_decides, rules.actor_did_not_decide),
             notes=(effects.note_appeal_decision, effects.note_end), tell=TOLD),
        Step("publish", _("公布"), S.FINAL, S.IN_FORCE, OFFICE, needs=(rules.has_no_amount,), convenes=True,
             notes=(effects.publish,), style="primary", tell=("proposer", "subject", "member"),
             confirm=_("公布后全体成员单位可见。")),
        Step("publish_amount", _("公布并收付款项"), S.FINAL, S.OWING, OFFICE, needs=(rules.has_an_amount,),
             convenes=True, notes=(effects.publish,), style="primary", tell=("proposer", "subject", "member"),
             confirm=_("公布后全体成员单位可见。")),
        Step("settle", _("登记结清"), S.OWING, S.IN_FORCE, OFFICE, needs=(rules.day_of_payment_has_come,),
             asks=(Ask("paid_on", _("结清日期"), "date"),
                   Ask("receipt", _("缴款或发放凭证"), "file", required=False, source=RECEIPT)),
             style="primary", tell=("subject",)),
        Step("remit", _("免除款项"), S.OWING, S.IN_FORCE, HEAD, duty=False, tell=("subject",),
             needs=(rules.actor_did_not_propose,),
             asks=(Ask("remit_reason", _("免除理由"), "longtext", max_length=2000),)),
        Step("revoke", _("撤销"), PUBLISHED, S.REVOKED, HEAD, duty=False, style="danger",
             asks=(Ask("revoke_reason", _("撤销理由"), "longtext", max_length=2000),),
             needs=(rules.actor_did_not_propose,), notes=(effects.note_end,), tell=("proposer", "subject", "member")),
        Step("expire", _("届满"), S.IN_FORCE, S.EXPIRED, CLOCK, notes=(effects.note_end,), tell=("subject",)),
        Step("withdraw", _("撤回"), (S.DRAFT, S.EXAMINING), S.WITHDRAWN, PROPOSER, notes=(effects.note_end,),
             duty=False, style="danger", tell=("office",)),
    ),
    deadlines=(
        Deadline(S.EXAMINING, times.EXAMINE_DAYS),
        Deadline(S.HEARING, times.HEARING_DAYS, "go_on"),
        Deadline(S.AWARDING, times.DECISION_DAYS),
        Deadline(S.DECIDING, times.DECISION_DAYS),
        Deadline(S.SERVED, times.APPEAL_DAYS, "become_final"),
        Deadline(S.APPEALED, times.APPEAL_DECISION_DAYS),
        Deadline(S.FINAL, times.PUBLISH_DAYS),
        Deadline(S.OWING, times.OVERDUE_DAYS, counts_from="pay_by"),
        Deadline(S.IN_FORCE, times.MARK_MONTHS, "expire", counts_from="published_on"),
    ),
)  # fmt: skip

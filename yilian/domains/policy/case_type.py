"""The document as a case type: drafted, reviewed, approved, in force, read, reviewed again, superseded or withdrawn."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.policy import effects, rules
from yilian.domains.policy.models import Audience, Matter, Policy
from yilian.domains.policy.models import PolicyState as S
from yilian.domains.policy.panels import PANELS
from yilian.domains.policy.parameters import FALLING_DUE, REVIEW_DAYS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S4

OWNER = Party("owner", "office", "director", "secretary", "quality")
DIRECTOR = Party("owner", "director")
ANYBODY = (Party("owner"), Party("reader"))
CITE = S4.article("文头")
STANDING = (S.IN_FORCE, S.DUE)

CHANGES = Ask(
    "changes", _("修订说明"), "longtext", required=False, max_length=2000, help=_("修订版写明改了什么、为什么")
)
FORM = (
    Ask("subject", _("文件名称"), max_length=120),
    Ask("code", _("部门代号"), max_length=6, help=_("如 YW；文件编号按“代号-P0-序号”自动编排")),
    Ask("department", _("主管部门"), max_length=60),
    Ask("scope", _("适用范围"), max_length=120),
    Ask("matter", _("对应事项"), "choice", required=False, choices=tuple(Matter.choices),
        help=_("考核或监测要看的制度在此注明，指标据此判断是否已出台")),
    Ask("audience", _("查阅范围"), "choice", choices=tuple(Audience.choices), initial=str(Audience.OWN),
        help=_("发行后只有查阅范围内的单位可见")),
    Ask("consortium", _("医联体"), "consortium", when="audience=members"),
    Ask("readers", _("指定单位"), "institutions", when="audience=chosen"),
    Ask("review_years", _("修订年限（年）"), "int", required=False, minimum=1, maximum=10,
        help=_("留空按规定的年限，一般三年一次")),
    CHANGES,
    Ask("text", _("正文"), "longtext", max_length=100_000, rows=20),
)  # fmt: skip
RETURN = (Ask("return_reason", _("退回理由"), "longtext", max_length=1000),)
END = (Ask("withdrawal", _("废止理由"), "longtext", max_length=1000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.SUPERSEDED, S.WITHDRAWN, S.DROPPED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, OWNER, asks=FORM, duty=False),
        Step("submit", _("提交审核"), S.DRAFT, S.REVIEWING, OWNER, needs=rules.SUBMITTING, completes=True,
             style="primary", cite=CITE),
        Step("review", _("审核通过"), S.REVIEWING, S.APPROVING, OWNER, needs=(rules.reviewer_is_another,),
             notes=(effects.note_reviewer,), style="primary", cite=CITE),
        Step("publish", _("批准发行"), S.APPROVING, S.IN_FORCE, DIRECTOR, needs=(rules.approver_is_another,),
             notes=(effects.number,), then=(effects.supersede,), convenes=True, style="primary", cite=CITE,
             tell=("owner", "reader"), confirm=_("发行后查阅范围内的单位均可查阅；旧版同时失效。")),
        Step("send_back", _("退回修改"), (S.REVIEWING, S.APPROVING), S.DRAFT, OWNER, asks=RETURN, duty=False),
        Step("read", _("已阅读并理解"), STANDING, STAY, ANYBODY, needs=(rules.has_not_read,),
             then=(effects.keep_receipt,), duty=False, tell=(), on_any_version=True),
        Step("fall_due", _("届满转待复审"), S.IN_FORCE, S.DUE, CLOCK, cite=CITE, tell=("owner",)),
        Step("confirm", _("复审不修改"), S.DUE, S.IN_FORCE, DIRECTOR, notes=(effects.confirm,), style="primary",
             cite=CITE, tell=("reader",)),
        Step("revise", _("修订"), STANDING, STAY, OWNER, asks=(CHANGES,), duty=False,
             needs=(rules.no_edition_is_being_prepared,), then=(effects.revise,), cite=CITE, tell=(),
             help=_("以本版正文起草新版；新版发行前本版继续有效。")),
        Step("withdraw", _("废止"), STANDING, S.WITHDRAWN, DIRECTOR, asks=END, duty=False, style="danger",
             needs=(rules.no_edition_is_being_prepared,), tell=("owner", "reader")),
        Step("supersede", _("被新版取代"), STANDING, S.SUPERSEDED, CLOCK, tell=()),
        Step("drop", _("作废草稿"), S.DRAFT, S.DROPPED, OWNER, then=(effects.give_up,), duty=False, style="danger"),
    ),
    deadlines=(
        Deadline(S.IN_FORCE, FALLING_DUE, "fall_due", counts_from="review_on"),
        Deadline(S.DUE, REVIEW_DAYS),
    ),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.REVIEWING: "warning", S.APPROVING: "warning", S.IN_FORCE: "success", S.DUE: "warning",
    S.SUPERSEDED: "default", S.WITHDRAWN: "default", S.DROPPED: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="policy",
        title=_("制度文件"),
        group=_("医联体治理"),
        prefix="ZD",
        model=Policy,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("owner", 1, _("起草单位")), Side("reader", 2, _("查阅单位"))),
        flow=flow,
        opens=(OWNER,),
        form=FORM,
        oversight=effects.audience,
        heading=lambda policy: policy.subject or str(_("未命名的制度文件")),
        columns=(
            Column("document_number", _("文件编号")),
            Column("subject", _("文件名称")),
            Column("edition", _("版次"), "number"),
            Column("department", _("主管部门")),
            Column("issued_on", _("发行日期"), "date"),
            Column("review_on", _("应复审日期"), "date"),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.REVIEWING, S.APPROVING, S.IN_FORCE),
        refusals={
            "policy_number_once": _("文件编号刚被另一文件使用，请再办理一次"),
            "policy_one_next": _("该文件的新版已发行"),
            "receipt_once": _("您已确认过本版"),
        },
        icon="file-certificate",
        verb_new=_("起草制度文件"),
        help=_(
            "起草、审核、批准分开办理；发行后按文头登记编号、版次和修订次数，查阅范围内的职工阅读确认，"
            "三年一次复审，修订另成新版。"
        ),
    )
)

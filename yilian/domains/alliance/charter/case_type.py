"""A revised charter: recorded by the lead with its text and resolution, read by members and authority."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.charter import rules
from yilian.domains.alliance.charter.effects import adopt, note_rejection, note_vote, put_to_vote, take_over
from yilian.domains.alliance.charter.overseers import bring_in
from yilian.domains.alliance.models import CharterRevision
from yilian.domains.alliance.models import CharterState as S
from yilian.domains.alliance.models.charter import About, Basis, Way
from yilian.domains.alliance.panel_charter import CLAUSES
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Flow, Party, Side, Step
from yilian.registry.regulations import S3

LEAD = Party("lead", "office", "director", "secretary")
CITE = S3.article("11")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("way", _("办理方式"), "choice", choices=tuple(Way.choices), initial=str(Way.RECORDED),
        help=_("提交表决：提交后起草议案，由理事会等机构表决，通过即成为新的一版")),
    Ask("changes", _("修订内容"), "longtext", max_length=4000, rows=5,
        help=_("改了哪些条款、为什么")),
    Ask("clauses", _("章程条文"), "rows", required=False,
        help=_("逐条填写全文，与上一版的差异自动标出；只有纸质文本的，全文作为附件上传"),
        asks=(Ask("title", _("条名"), max_length=60),
              Ask("about", _("规定什么"), "choice", choices=tuple(About.choices), initial=str(About.GENERAL)),
              Ask("text", _("条文"), "longtext", max_length=4000))),
    Ask("basis", _("通过方式"), "choice", choices=tuple(Basis.choices), when="way=recorded",
        help=_("专科联盟章程由理事会制定；未设理事会的，由成员单位一致同意")),
    Ask("resolution", _("决议情况"), "longtext", max_length=4000, when="way=recorded",
        help=_("会议时间、应到与实到、表决结果；决议或同意书作为附件")),
    Ask("adopted_on", _("通过日期"), "date", when="way=recorded"),
    Ask("effective_on", _("生效日期"), "date"),
)  # fmt: skip

GROUND = Ask("decided_by", _("决定依据"), max_length=200, required=False)

flow = Flow(
    start=S.DRAFT,
    finals=(S.ADOPTED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("begin", _("调入现行条文"), S.DRAFT, STAY, LEAD, needs=(rules.clauses_are_on_record,), notes=(take_over,),
             duty=False, tell=(), confirm=_("以最近一版的条文为底稿，已填写的条文将被替换。")),
        Step("adopt", _("登记修订"), S.DRAFT, S.ADOPTED, LEAD, needs=rules.ADOPTING, completes=True, convenes=True,
             then=(adopt,), style="primary", cite=CITE, tell=("member", "overseer"),
             confirm=_("登记后成为新的一版章程，以前各版保留，均不能更改。")),
        Step("propose", _("提交表决"), S.DRAFT, S.PROPOSED, LEAD, needs=rules.PROPOSING, completes=True,
             then=(put_to_vote,), style="primary", cite=CITE, tell=(),
             help=_("起草议案，由理事会等机构表决；通过即成为新的一版，未通过退回草稿。")),
        Step("adopt_by_vote", _("决议通过"), S.PROPOSED, S.ADOPTED, CLOCK, asks=(GROUND,), notes=(note_vote,),
             then=(adopt,), convenes=True, cite=CITE, tell=("lead", "member", "overseer")),
        Step("reject", _("决议未通过"), S.PROPOSED, S.DRAFT, CLOCK, asks=(GROUND,), notes=(note_rejection,),
             tell=("lead",)),
        Step("retract", _("撤回表决"), S.PROPOSED, S.DRAFT, LEAD, duty=False, tell=()),
        Step("withdraw", _("撤回"), S.DRAFT, S.WITHDRAWN, LEAD, duty=False, style="danger"),
    ),
)  # fmt: skip

case_types.add(
    CaseType(
        key="charter",
        title=_("章程修订"),
        group=_("医联体治理"),
        prefix="ZC",
        model=CharterRevision,
        states={
            S.DRAFT: (S.DRAFT.label, "default"),
            S.PROPOSED: (S.PROPOSED.label, "warning"),
            S.ADOPTED: (S.ADOPTED.label, "success"),
            S.WITHDRAWN: (S.WITHDRAWN.label, "default"),
        },
        sides=(
            Side("lead", 1, _("牵头单位")),
            Side("member", 2, _("成员单位")),
            Side("overseer", 3, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=bring_in,
        heading=lambda revision: str(revision.consortium or _("章程修订")),
        columns=(
            Column("consortium", _("医联体")),
            Column("adopted_on", _("通过日期"), "date"),
            Column("effective_on", _("生效日期"), "date"),
        ),
        panels=(CLAUSES, CONSORTIUM),
        main_states=(S.DRAFT, S.PROPOSED, S.ADOPTED),
        refusals={"charter_version_once": _("该版章程已登记"), "charter_days": _("生效日期早于通过日期")},
        in_menu=False,
        icon="book-2",
        verb_new=_("登记章程修订"),
        help=_("章程修订由牵头单位登记，附全文与通过它的决议；以前各版保留，成员单位与主管部门可见。"),
    )
)

"""A council's next term: written down by the lead, seen by the authority."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.councils import seats_ask
from yilian.domains.alliance.models import Renewal
from yilian.domains.alliance.models import RenewalState as S
from yilian.domains.alliance.overseers import filing_authority
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.domains.alliance.renewal import rules
from yilian.domains.alliance.renewal.effects import seat
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Flow, Party, Side, Step
from yilian.registry.regulations import S3

LEAD = Party("lead", "office", "director", "secretary")
CITE = S3.article("11")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("council_since", _("本届理事会任期起"), "date"),
    seats_ask(required=True),
    Ask(
        "resolution", _("选举情况"), "longtext", max_length=4000, help=_("会议时间、应到与实到、表决结果；纪要作为附件")
    ),
)

flow = Flow(
    start=S.DRAFT,
    finals=(S.ADOPTED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("adopt", _("登记换届"), S.DRAFT, S.ADOPTED, LEAD, needs=rules.ADOPTING, completes=True, convenes=True,
             then=(seat,), style="primary", cite=CITE),
        Step("withdraw", _("撤回"), S.DRAFT, S.WITHDRAWN, LEAD, duty=False, style="danger"),
    ),
)  # fmt: skip

case_types.add(
    CaseType(
        key="renewal",
        title=_("理事会换届"),
        group=_("医联体治理"),
        prefix="HJ",
        model=Renewal,
        states={
            S.DRAFT: (S.DRAFT.label, "default"),
            S.ADOPTED: (S.ADOPTED.label, "success"),
            S.WITHDRAWN: (S.WITHDRAWN.label, "default"),
        },
        sides=(Side("lead", 1, _("牵头单位")), Side("overseer", 2, _("卫生健康行政部门"), is_oversight=True)),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=filing_authority,
        heading=lambda renewal: str(renewal.consortium or _("理事会换届")),
        columns=(Column("consortium", _("医联体")), Column("council_since", _("任期起"), "date")),
        panels=(CONSORTIUM,),
        main_states=(S.DRAFT, S.ADOPTED),
        refusals={"council_one_chair": _("理事会只设理事长一名"), "council_term_once": _("该届理事会已登记")},
        in_menu=False,
        icon="users-group",
        verb_new=_("登记理事会换届"),
        help=_("理事会每届任期四年，设理事长一名、副理事长若干名；换届由牵头单位登记，主管部门可见。"),
    )
)

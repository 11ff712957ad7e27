"""The body as a case type: proposed by the lead, founded with its seats, dissolved."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.bodies.form import seats_ask
from yilian.domains.governance.bodies.panels import BODY
from yilian.domains.governance.founding import rules
from yilian.domains.governance.founding.effects import dissolve, found, members
from yilian.domains.governance.models import BodyKind, Founding
from yilian.domains.governance.models import FoundingState as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Flow, Party, Side, Step
from yilian.registry.regulations import S0

LEAD = Party("lead", "office", "director", "secretary")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("sort", _("机构类型"), "choice", choices=tuple(BodyKind.choices)),
    Ask("name", _("名称"), max_length=80),
    Ask("seated_in", _("所在部门"), required=False, max_length=80, help=_("办公室、秘书处设在牵头单位内部")),
    Ask("since_on", _("设立日期"), "date"),
    Ask("term_until", _("任期止"), "date", required=False, help=_("理事会留空则按规定的届期计算")),
    Ask("decision", _("设立依据"), "longtext", max_length=2000, help=_("会议或文件的名称、日期；原件作为附件")),
    seats_ask(),
)
END = (Ask("ending", _("撤销依据"), "longtext", max_length=2000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.DISSOLVED, S.DROPPED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("found", _("设立"), S.DRAFT, S.STANDING, LEAD, needs=rules.FOUNDING, completes=True, convenes=True,
             then=(found,), style="primary", cite=S0.article("管理制度 9"), tell=("member",)),
        Step("drop", _("作废草稿"), S.DRAFT, S.DROPPED, LEAD, duty=False, style="danger"),
        Step("dissolve", _("撤销机构"), S.STANDING, S.DISSOLVED, LEAD, asks=END, then=(dissolve,), duty=False,
             style="danger", tell=("member",), confirm=_("撤销后全部席位自今天起终止。")),
    ),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.STANDING: "success", S.DISSOLVED: "default", S.DROPPED: "default"}

case_types.add(
    CaseType(
        key="body",
        title=_("机构设立"),
        group=_("医联体治理"),
        prefix="JG",
        model=Founding,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("lead", 1, _("牵头单位")), Side("member", 2, _("成员单位"))),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=members,
        heading=lambda founding: founding.name or str(_("未命名的机构")),
        columns=(
            Column("name", _("名称")),
            Column("sort", _("机构类型")),
            Column("consortium", _("医联体")),
            Column("since_on", _("设立日期"), "date"),
        ),
        panels=(BODY,),
        main_states=(S.DRAFT, S.STANDING),
        refusals={
            "body_one_of_a_kind": _("同类机构只设一个"),
            "seat_one_chair": _("正职只设一名"),
            "seat_one_each": _("一人在同一机构只占一席"),
        },
        in_menu=False,
        icon="sitemap",
        verb_new=_("设立机构"),
        help=_(
            "牵头单位设立理事会、管理委员会、领导小组、办公室、工作组、管理中心等机构，写明席位与依据；成员单位可见。"
        ),
    )
)

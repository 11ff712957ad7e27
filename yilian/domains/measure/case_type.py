"""The definition of an indicator as a case type: drafted, tried, handed in, adopted."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.measure import panels, rules, tasks, writing
from yilian.domains.measure.models import Change, IndicatorChange
from yilian.domains.measure.models import MeasureState as S
from yilian.kernel.indicators.indicator import DIRECTIONS
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Flow, Party, Side, Step

OFFICE = Party("owner", "office", "quality", "director", "secretary")
DIRECTOR = Party("owner", "director")
WORDED = "change=new|changed"
"""A question about the definition itself; a target alone leaves it as it is."""
GRAMMAR = _(
    "count()、sum(列)、distinct(列)，可带 where=条件；条件用 and、or、not、==、!=、<、<=、in、between(列, 低, 高)、"
    "is_known(列)、prefix(代码, 3)、时刻 + minutes(30)"
)
FORM = (
    Ask("consortium", _("医联体"), "consortium", help=_("口径只在这个医联体内生效")),
    Ask("change", _("事由"), "choice", choices=tuple(Change.choices)),
    Ask("indicator", _("现有指标"), "pick", source="measure_indicator", when="change=changed|target",
        beside=("consortium",)),
    Ask("name", _("指标名称"), max_length=60, when=WORDED),
    Ask("unit", _("单位"), max_length=20, help=_("比例写 %，其他写人次、元、天等"), when=WORDED),
    Ask("direction", _("导向"), "choice", choices=tuple((str(key), title) for key, title in DIRECTIONS.items()),
        when=WORDED),
    Ask("source", _("数据"), "pick", source="measure_source", help=_("数哪一类记录，记在哪一方名下"),
        section=_("公式"), when=WORDED),
    Ask("part", _("分子公式"), "longtext", max_length=2000, rows=2, help=GRAMMAR, when=WORDED),
    Ask("whole", _("分母公式"), "longtext", required=False, max_length=2000, rows=2, help=_("不是比值时留空"),
        when=WORDED),
    Ask("per", _("每多少"), "int", required=False, minimum=1, maximum=100_000, help=_("每千人填 1000；一般留空"),
        when=WORDED),
    Ask("over", _("折算"), "int", required=False, minimum=1, maximum=100_000,
        help=_("金额由分折成元填 100；一般留空"), when=WORDED),
    Ask("part_says", _("分子说明"), max_length=200, when=WORDED),
    Ask("whole_says", _("分母说明"), required=False, max_length=200, when=WORDED),
    Ask("target", _("目标值"), "decimal", required=False, section=_("生效"), help=_("留空即不设目标")),
    Ask("effective_on", _("生效月份"), "date", help=_("填当月任意一天；自该月起按新口径计算")),
    Ask("ground", _("依据与理由"), "longtext", max_length=2000),
)  # fmt: skip
BASIS = (Ask("decided_by", _("决定依据"), required=False, max_length=200, help=_("会议或批示的名称与日期")),)
RETURN = (Ask("return_reason", _("退回理由"), "longtext", required=False, max_length=1000),)
READABLE = (rules.owner_leads, rules.indicator_has_a_formula, rules.formula_can_be_read)

flow = Flow(
    start=S.DRAFT,
    finals=(S.ADOPTED, S.DROPPED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, OFFICE, asks=FORM, duty=False),
        Step("try", _("试算"), S.DRAFT, STAY, OFFICE, needs=(rules.formula_is_proposed, *READABLE), then=(tasks.begin,),
             duty=False, tell=(),
             help=_("用最近一个完整的月份分别按新旧口径计算，片刻后刷新本页查看")),
        Step("submit", _("提交批准"), S.DRAFT, S.APPROVING, OFFICE, completes=True, style="primary",
             needs=(*READABLE, rules.month_is_not_past, rules.was_tried)),
        Step("put", _("提请审议"), S.APPROVING, STAY, OFFICE, duty=False, style="primary",
             needs=(rules.a_body_decides, rules.is_not_put_yet), then=(writing.put_to_body,), tell=(),
             help=_("起草议案，由决策机构表决；计票后自动办理。")),
        Step("adopt", _("批准生效"), S.APPROVING, S.ADOPTED, (DIRECTOR, CLOCK), style="primary", asks=BASIS,
             needs=(*READABLE, rules.no_body_decides, rules.approver_is_another, rules.month_is_not_past),
             notes=(writing.note_approval,), then=(writing.adopt,),
             confirm=_("自生效月份起，本医联体的这项指标按此口径计算。")),
        Step("send_back", _("退回修改"), S.APPROVING, S.DRAFT, (DIRECTOR, CLOCK), asks=(*BASIS, *RETURN), duty=False),
        Step("drop", _("作废"), S.DRAFT, S.DROPPED, OFFICE, duty=False, style="danger"),
    ),
)  # fmt: skip

case_types.add(
    CaseType(
        key="measure",
        title=_("指标口径"),
        group=_("医联体治理"),
        prefix="KJ",
        model=IndicatorChange,
        states={S.DRAFT: (S.DRAFT.label, "default"), S.APPROVING: (S.APPROVING.label, "warning"),
                S.ADOPTED: (S.ADOPTED.label, "success"), S.DROPPED: (S.DROPPED.label, "default")},
        sides=(Side("owner", 1, _("提出单位")),),
        flow=flow,
        opens=(OFFICE,),
        form=FORM,
        heading=lambda measure: measure.name or measure.indicator_name or str(_("未命名的指标")),
        columns=(
            Column("name", _("指标名称")),
            Column("indicator_name", _("现有指标")),
            Column("change", _("事由")),
            Column("effective_on", _("生效月份"), "month"),
            Column("approver", _("批准者")),
        ),
        panels=(
            Panel("target", _("目标"), "measure/target.html", panels.target),
            Panel("formula", _("公式"), "measure/formula.html", panels.formula),
            Panel("trial", _("试算结果"), "measure/trial.html", panels.trial),
            Panel("columns", _("可用的列"), "measure/columns.html", panels.columns),
        ),
        main_states=(S.DRAFT, S.APPROVING, S.ADOPTED),
        icon="math-function",
        verb_new=_("新增或修改指标"),
        help=_("牵头单位写出口径，在最近一个月的数据上试算，由另一人批准；生效前的月份不变，趋势图上标出口径变化。"),
    )
)  # fmt: skip

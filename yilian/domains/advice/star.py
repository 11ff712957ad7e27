"""What questions to specialists give to count: those asked and not taken back, in the month they were asked."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.advice.models import AdviceState, Priority, Recommendation, Use
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

ADVICE = facts.add(
    Fact(
        "advice", _("专家咨询"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(AdviceState)),
            Column("is_open", Kind.BOOL, _("未办结")),
            Column("urgency", Kind.INT, _("紧急程度"), choices=words_of(Priority)),
            Column("patient", Kind.IDENTITY, _("患者")),
            Column("subject", Kind.CODE, _("诊疗科目")),
            Column("diagnosis", Kind.CODE, _("诊断（ICD-10）")),
            Column("recommendation", Kind.CODE, _("处置建议"), choices=words_of(Recommendation)),
            Column("use", Kind.CODE, _("采纳情况"), choices=words_of(Use)),
            Column("asked_at", Kind.MOMENT, _("提问时间")),
            Column("answer_due_at", Kind.MOMENT, _("答复期限")),
            Column("first_answered_at", Kind.MOMENT, _("首次答复时间")),
        ),
        {"asker": _("申请机构"), "adviser": _("受邀机构")}, view="fact_advice", opens="/advice/{}/".format,
        help=_("已提出的咨询，按提问的月份计入；撤回的不计"),
    )
)  # fmt: skip

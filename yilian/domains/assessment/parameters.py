"""What the regulations leave open about assessments: times, the pass mark, the most that bonus and penalty come to."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.registry.resolutions import body_of

GROUP = _("综合考核")
BODIES = ("council", "committee", "leading")
"""Where one of these sits, it adopts the scheme (docs/adr/0213)."""


def _days(key: str, title: object, days: int) -> str:
    return parameters.add(Parameter(f"assessment.{key}", title, days, "d", minimum=1, maximum=365, group=GROUP)).key


def _points(key: str, title: object, points: str) -> str:
    return parameters.add(
        Parameter(f"assessment.{key}", title, Decimal(points), _("分"), minimum=Decimal(0), maximum=Decimal(100),
                  group=GROUP)
    ).key  # fmt: skip


def _schemes() -> dict[str, str]:
    """Return the title of every scheme there is now, by its code."""
    from yilian.domains.assessment.schemes.keeping import known  # it reads this module's parameters itself

    return {code: scheme.title for code, scheme in known().items()}


def _reserved(consortium_id: int) -> str:
    """Return how a scheme is adopted where a body sits that decides it (docs/adr/0213)."""
    body = body_of(consortium_id, BODIES)
    said = _("由{name}决议：请在“考核方案”中打开要采用的方案并起草议案，议案通过后按生效日期采用")
    return said.format(name=body.name) if body else ""


SELF_DAYS = _days("self_days", _("成员自评期限"), 15)
REVIEW_DAYS = _days("review_days", _("牵头单位评审期限"), 30)
CONFIRM_DAYS = _days("confirm_days", _("主管部门复核期限"), 15)
OBJECTION_DAYS = _days("objection_days", _("对得分提出异议的期限"), 7)
ANSWER_DAYS = _days("answer_days", _("答复异议的期限"), 10)
IMPROVE_GRACE = _days("improve_grace_days", _("改进期限届满后报告的宽限"), 1)
RECHECK_DAYS = _days("recheck_days", _("复查期限"), 15)
PASS_MARK = _points("pass_mark", _("合格线"), "60")
MOST_BONUS = _points("most_bonus", _("加分上限"), "5")
MOST_PENALTY = _points("most_penalty", _("扣分上限"), "10")
ALL_SCORES, TOTALS, MEANS = "scores", "totals", "means"
PUBLISHED = parameters.add(
    Parameter(
        "assessment.published", _("考核结果的公布内容"), ALL_SCORES, group=GROUP,
        choices=((ALL_SCORES, _("各单位的各项得分、总分和名次")), (TOTALS, _("各单位的总分和名次")),
                 (MEANS, _("只公布医联体平均"))),
        help=_("成员单位只能看到自己的考核表，别的单位按此公布；启动考核时随方案固定下来。"),
    )
).key  # fmt: skip
SCHEME = parameters.add(
    Parameter(
        "assessment.scheme", _("考核方案"), "", group=GROUP, known=_schemes, reserved=_reserved,
        help=_("填写方案编号，如 county@1；留空按医联体类型使用随附方案。可由决议修改并写明生效日期。"),
    )
).key  # fmt: skip

"""Times, weights and marks of projects: S0 names the steps and no number, so each awaits local confirmation."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("合作项目")


def _days(key: str, title: object, days: int) -> str:
    return parameters.add(Parameter(f"project.{key}", title, days, "d", minimum=1, maximum=365, group=GROUP)).key


SCREENING_DAYS = _days("screening_days", _("办公室初筛的期限"), 10)
DECISION_DAYS = _days("decision_days", _("审议决定的期限"), 30)
PLAN_DAYS = _days("plan_days", _("立项后提交计划的期限"), 20)
PLAN_REVIEW_DAYS = _days("plan_review_days", _("确认计划的期限"), 10)
CHANGE_DAYS = _days("change_days", _("批准计划变更的期限"), 10)
MILESTONE_DAYS = _days("milestone_days", _("阶段任务过期多久算滞后"), 3)
EVALUATION_DAYS = _days("evaluation_days", _("作出评价的期限"), 20)


def _weight(key: str, title: object, share: int) -> str:
    return parameters.add(
        Parameter(f"project.weight_{key}", title, share, "%", minimum=0, maximum=100, group=GROUP,
                  help=_("各项权重按其在合计中所占的比例计算。"))
    ).key  # fmt: skip


WEIGHTS = {
    "goals": _weight("goals", _("评价权重：目标完成"), 40),
    "results": _weight("results", _("评价权重：成效与成果"), 30),
    "spending": _weight("spending", _("评价权重：经费使用"), 15),
    "cooperation": _weight("cooperation", _("评价权重：协作与组织"), 15),
}


def _mark(key: str, title: object, mark: int) -> str:
    return parameters.add(
        Parameter(f"project.{key}", title, Decimal(mark), _("分"), minimum=0, maximum=100, group=GROUP)
    ).key


EXCELLENT = _mark("excellent", _("评价为优秀的最低得分"), 90)
GOOD = _mark("good", _("评价为良好的最低得分"), 75)
PASSED = _mark("passed", _("评价为合格的最低得分"), 60)

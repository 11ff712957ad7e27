"""Amounts, points and times of merits and penalties: S0 names the measures and no number."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.domains.merit.models import Measure as M
from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("奖惩")


def _days(key: str, title: object, days: int) -> str:
    return parameters.add(Parameter(f"merit.{key}", title, days, "d", minimum=1, maximum=365, group=GROUP)).key


EXAMINE_DAYS = _days("examine_days", _("审查奖惩提议的期限"), 10)
HEARING_DAYS = _days("hearing_days", _("陈述申辩的期限"), 10)
DECISION_DAYS = _days("decision_days", _("作出奖惩决定的期限"), 30)
APPEAL_DAYS = _days("appeal_days", _("提出申诉的期限"), 15)
APPEAL_DECISION_DAYS = _days("appeal_decision_days", _("决定申诉的期限"), 30)
PUBLISH_DAYS = _days("publish_days", _("生效后公布的期限"), 5)
PAYMENT_DAYS = _days("payment_days", _("公布后结清款项的期限"), 30)
OVERDUE_DAYS = _days("overdue_days", _("款项期限过后多久算逾期"), 1)
MARK_MONTHS = parameters.add(
    Parameter("merit.mark_months", _("奖惩自公布起的有效期"), 12, "mo", minimum=1, maximum=120, group=GROUP)
).key


def _points(key: str, title: object, points: int) -> str:
    return parameters.add(
        Parameter(f"merit.points_{key}", title, Decimal(points), _("分"), minimum=-100, maximum=100, group=GROUP,
                  help=_("计入单位当期考核的加减分；对个人的奖惩不计分。"))
    ).key  # fmt: skip


POINTS = {
    M.COMMEND: _points("commend", _("考核分值：表彰"), 2),
    M.BONUS: _points("bonus", _("考核分值：奖金"), 2),
    M.WARNING: _points("warning", _("考核分值：警告"), -2),
    M.FINE: _points("fine", _("考核分值：罚款"), -5),
}


def _most(key: str, title: object) -> str:
    return parameters.add(
        Parameter(f"merit.most_{key}", title, Decimal(10_000), _("元"), minimum=0, maximum=99_999_999, group=GROUP)
    ).key


MOST = {M.BONUS: _most("bonus", _("奖金最高金额")), M.FINE: _most("fine", _("罚款最高金额"))}

"""Evaluating a project: the marks an evaluator gives, the weighted total and the grade it earns."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.domains.project.models import Evaluation, Grade, Project
from yilian.domains.project.parameters import EXCELLENT, GOOD, PASSED, WEIGHTS
from yilian.domains.project.plan import weighed
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.moment import Moment

MARKS = {
    "goals": _("目标完成"),
    "results": _("成效与成果"),
    "spending": _("经费使用"),
    "cooperation": _("协作与组织"),
}
GRADES = ((Grade.EXCELLENT, EXCELLENT), (Grade.GOOD, GOOD), (Grade.PASSED, PASSED))

ASKS = (
    *(Ask(f"mark_{key}", title, "int", minimum=0, maximum=100, help=_("0—100 分")) for key, title in MARKS.items()),
    Ask("feedback", _("反馈意见"), "longtext", max_length=4000),
)


def grade_of(total: Decimal, consortium_id: int | None) -> Grade:
    """Return the grade that a total earns."""
    for grade, least in GRADES:
        if total >= value_of(least, consortium_id=consortium_id):
            return grade
    return Grade.FAILED


def evaluate(moment: Moment) -> Evaluation:
    """Keep an evaluation with the weights in force now, and return it."""
    project: Project = moment.case
    marks = {key: moment.answers.get(f"mark_{key}") for key in MARKS}
    weights = {key: int(value_of(WEIGHTS[key], consortium_id=project.consortium_id)) for key in MARKS}
    total = weighed(marks, weights)
    return Evaluation.objects.create(
        case=project, is_final=moment.step.verb == "evaluate", marks=marks, weights=weights, total=total,
        grade=grade_of(total, project.consortium_id), feedback=moment.answers.get("feedback") or "", at=moment.at,
        by_name=moment.actor.name,
    )  # fmt: skip


def evaluate_midterm(moment: Moment) -> None:
    evaluate(moment)


def evaluate_finally(moment: Moment) -> None:
    """Keep the evaluation, and its total and grade with the project."""
    row = evaluate(moment)
    moment.set(score=row.total, grade=row.grade)

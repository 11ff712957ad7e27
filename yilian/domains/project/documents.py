"""The official papers of a project: its application, its plan in force, and its evaluation with the feedback."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.project.evaluating import MARKS
from yilian.domains.project.flow import APPLICANT, OFFICE
from yilian.domains.project.models import Project
from yilian.domains.project.models import ProjectState as S
from yilian.domains.project.reading import in_force, standing_of
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution
from yilian.registry.regulations import S0

SHEET = Path(__file__).parent / "typst" / "sheet.typ"


def _read(case: Case) -> Project:
    return Project.objects.select_related("applicant", "office", "consortium", "principal").get(pk=case.pk)


def _facts(project: Project) -> list[list[str]]:
    partners = Institution.objects.filter(pk__in=project.partners).order_by("pk").values_list("name", flat=True)
    return [
        [_("项目名称"), project.subject],
        [_("项目编号"), project.number],
        [_("医联体"), str(project.consortium)],
        [_("合作领域"), project.get_area_display()],
        [_("申请单位"), str(project.applicant)],
        [_("合作单位"), "、".join(partners)],
        [_("项目负责人"), project.principal_name],
        [_("项目组成员"), project.team_name],
        [_("起止日期"), _("{first} 至 {last}").format(first=project.starts_on, last=project.ends_on)],
        [_("预算（元）"), _money(project.budget)],
        [_("经费来源"), project.funding],
    ]


def _money(amount: Any) -> str:
    return f"{amount:,.2f}" if amount is not None else ""


def of_application(case: Case) -> dict[str, Any]:
    """Return the application: facts, then goals, content and expected results."""
    project = _read(case)
    texts = [[_("目标"), project.goals], [_("合作内容与做法"), project.content], [_("预期成果"), project.expected]]
    signs = [_("申请单位（盖章）"), _("初筛意见"), _("审议意见")]
    return {"title": _("合作项目申请书"), "facts": _facts(project), "texts": texts, "tables": [], "signs": signs}


def of_plan(case: Case) -> dict[str, Any]:
    """Return the plan in force: milestones and budget."""
    project = _read(case)
    rows = in_force(project).select_related("doer", "responsible")
    schedule = {
        "title": _("阶段任务"),
        "heads": [_("任务"), _("开始"), _("到期"), _("负责人"), _("衡量标准"), _("完成日期")],
        "widths": [3, 1.6, 1.6, 2.4, 3, 1.6],
        "rows": [[row.title, str(row.starts_on), str(row.due_on), f"{row.responsible.name}（{row.doer}）", row.measure,
                  str(row.done_on or "")] for row in rows],
    }  # fmt: skip
    money = {
        "title": _("预算"),
        "heads": [_("科目"), _("预算（元）"), _("已支出（元）"), _("余额（元）")],
        "widths": [3, 2, 2, 2],
        "rows": [[line.line.title, _money(line.line.planned), _money(line.spent), _money(line.left)]
                 for line in standing_of(project)],
    }  # fmt: skip
    tables = [schedule, money] if money["rows"] else [schedule]
    return {"title": _("合作项目计划书"), "facts": _facts(project), "texts": [[_("目标"), project.goals]],
            "tables": tables, "signs": [_("申请单位（盖章）"), _("医联体办公室（盖章）")]}  # fmt: skip


def of_evaluation(case: Case) -> dict[str, Any]:
    """Return the final evaluation with its marks, weights and feedback."""
    project = _read(case)
    row = project.evaluations.filter(is_final=True).get()
    marks = {
        "title": _("评价得分"),
        "heads": [_("评价内容"), _("权重"), _("得分")],
        "widths": [3, 2, 2],
        "rows": [
            *([str(MARKS[key]), str(row.weights[key]), str(mark)] for key, mark in row.marks.items()),
            [_("合计"), "", f"{row.total}（{row.get_grade_display()}）"],
        ],
    }
    texts = [[_("结题总结"), project.summary], [_("反馈意见"), row.feedback]]
    return {"title": _("合作项目结题评价表"), "facts": _facts(project), "texts": texts, "tables": [marks],
            "signs": [_("医联体办公室（盖章）")]}  # fmt: skip


RUNNING = (S.RUNNING, S.DELAYED, S.CHANGING, S.MIDTERM, S.EVALUATING, S.CLOSED)

for _paper in (
    Paper("project.application", "project", gettext_lazy("合作项目申请书"), SHEET, of_application,
          "联项申〔{year}〕{serial:04d}号", (APPLICANT,),
          states=(S.SCREENING, S.DECIDING, S.PLANNING, S.CONFIRMING, S.RUNNING), cites=(S0.article("范本二 4.1"),)),
    Paper("project.plan", "project", gettext_lazy("合作项目计划书"), SHEET, of_plan, "联项计〔{year}〕{serial:04d}号",
          (APPLICANT, OFFICE), states=RUNNING, cites=(S0.article("范本二 4.3"),)),
    Paper("project.evaluation", "project", gettext_lazy("合作项目结题评价表"), SHEET, of_evaluation,
          "联项评〔{year}〕{serial:04d}号", (OFFICE,), states=(S.CLOSED,), cites=(S0.article("范本二 4.5"),)),
):  # fmt: skip
    papers.add(_paper)

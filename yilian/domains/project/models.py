"""A joint project with its milestones, budget lines, what was spent, changes of plan and evaluations."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class ProjectState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SCREENING = "screening", _("待初筛")
    DECIDING = "deciding", _("待审议")
    PLANNING = "planning", _("已立项，待提交计划")
    CONFIRMING = "confirming", _("待确认计划")
    RUNNING = "running", _("执行中")
    DELAYED = "delayed", _("执行中，进度滞后")
    CHANGING = "changing", _("待批准变更")
    MIDTERM = "midterm", _("待中期评价")
    EVALUATING = "evaluating", _("待结题评价")
    CLOSED = "closed", _("已结题")
    STOPPED = "stopped", _("已终止")
    REJECTED = "rejected", _("未立项")
    WITHDRAWN = "withdrawn", _("已撤回")


class Area(models.TextChoices):
    """What members cooperate in (S4 3.2)."""

    MANAGEMENT = "management", _("管理合作")
    TECHNIQUE = "technique", _("技术合作")
    TRAINING = "training", _("培训合作")
    INFORMATION = "information", _("信息合作")
    REFERRAL = "referral", _("转诊合作")
    EMERGENCY = "emergency", _("应急合作")
    SUPPORT = "support", _("对口支援")
    OTHER = "other", _("其他合作")


class Grade(models.TextChoices):
    EXCELLENT = "excellent", _("优秀")
    GOOD = "good", _("良好")
    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")


MONEY = {"max_digits": 14, "decimal_places": 2}


class Project(Case):
    """A project of a member with partners; `office` is the lead of the consortium, whose office looks after projects.

    Money is in yuan. `schedule` and `costs` are the plan as last proposed: [{title, starts_on, due_on,
    responsible, measure}] of milestones to be done and [{title, amount}]; what is in force are the rows of Milestone
    and BudgetLine. `next_on` is the next day on which something is due, `midterm_on` that of the midterm report.
    """

    applicant = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    subject = models.CharField(_("项目名称"), max_length=120, blank=True)
    area = models.CharField(_("合作领域"), max_length=12, choices=Area.choices, blank=True, db_collation="C")
    partners = ArrayField(models.IntegerField(), default=list, blank=True)
    goals = models.TextField(_("目标"), blank=True)
    content = models.TextField(_("合作内容与做法"), blank=True)
    expected = models.TextField(_("预期成果"), blank=True)
    starts_on = models.DateField(_("开始日期"), null=True)
    ends_on = models.DateField(_("结束日期"), null=True)
    budget = models.DecimalField(_("预算（元）"), **MONEY, null=True)
    funding = models.CharField(_("经费来源"), max_length=200, blank=True)
    principal = models.ForeignKey("registry.Practitioner", models.PROTECT, related_name="+", null=True)
    principal_name = models.CharField(max_length=60, blank=True)
    team = ArrayField(models.IntegerField(), default=list, blank=True)
    team_name = models.CharField(max_length=1000, blank=True)
    screening = models.TextField(_("初筛意见"), blank=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    basis = models.CharField(_("决定依据"), max_length=200, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True)
    reject_reason = models.TextField(_("不予立项的理由"), blank=True)
    schedule = models.JSONField(default=list, blank=True)
    costs = models.JSONField(default=list, blank=True)
    new_end_on = models.DateField(_("变更后的结束日期"), null=True)
    change_reason = models.TextField(_("变更理由"), blank=True)
    next_on = models.DateField(_("下一到期日"), null=True)
    midterm_on = models.DateField(_("中期评价日期"), null=True)
    progress = models.TextField(_("中期进展"), blank=True)
    summary = models.TextField(_("结题总结"), blank=True)
    score = models.DecimalField(_("结题得分"), max_digits=5, decimal_places=1, null=True)
    grade = models.CharField(_("结题等次"), max_length=10, choices=Grade.choices, blank=True, db_collation="C")
    stop_reason = models.TextField(_("终止理由"), blank=True)
    ended_on = models.DateField(_("办结日期"), null=True)

    class Meta:
        verbose_name = _("合作项目")


class Milestone(models.Model):
    """A milestone of the plan in force; `dropped_by` numbers the change that took it out, 0 while it stands."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    serial = models.PositiveSmallIntegerField()
    title = models.CharField(_("阶段任务"), max_length=120)
    starts_on = models.DateField(_("开始"))
    due_on = models.DateField(_("到期"))
    doer = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    responsible = models.ForeignKey("registry.Practitioner", models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(_("衡量标准"), max_length=200)
    done_on = models.DateField(_("完成日期"), null=True)
    dropped_by = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("阶段任务")
        ordering = ["due_on", "serial"]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """That a milestone was done, with its evidence, or that its evidence was sent back; never changed."""

    case = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports", db_index=False)
    is_return = models.BooleanField(default=False)
    text = models.TextField(_("完成情况"))
    attachment = models.UUIDField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("阶段任务报告")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class BudgetLine(models.Model):
    """A line of the budget in force, in yuan; a change sets what is planned, a line that falls away plans nothing."""

    id = models.AutoField(primary_key=True)
    case = models.ForeignKey(Project, models.PROTECT, related_name="lines", db_index=False)
    serial = models.PositiveSmallIntegerField()
    title = models.CharField(_("预算科目"), max_length=60)
    planned = models.DecimalField(_("预算（元）"), **MONEY)

    class Meta:
        verbose_name = _("预算科目")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "title"], name="project_line_once"),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="project_line_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.title


class Spending(models.Model):
    """Money spent on a line, in yuan; below zero takes back an earlier entry; never changed."""

    case = models.ForeignKey(Project, models.PROTECT, related_name="spendings")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="spendings", db_index=False)
    amount = models.DecimalField(_("金额（元）"), **MONEY)
    spent_on = models.DateField(_("支出日期"))
    what = models.CharField(_("用途"), max_length=200)
    attachment = models.UUIDField(null=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("支出")
        ordering = ["spent_on", "id"]

    def __str__(self) -> str:
        return self.what


class Amendment(models.Model):
    """A change of plan that was approved or refused: the plan before and after, as shown; never changed."""

    case = models.ForeignKey(Project, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(_("变更理由"))
    is_approved = models.BooleanField()
    before = models.JSONField()
    after = models.JSONField()
    decided_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("计划变更")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="project_change_once")]

    def __str__(self) -> str:
        return self.reason[:60]


class Evaluation(models.Model):
    """An evaluation with its marks (0 to 100), their weights as they were then, and the feedback; never changed."""

    case = models.ForeignKey(Project, models.PROTECT, related_name="evaluations")
    is_final = models.BooleanField()
    marks = models.JSONField()
    weights = models.JSONField()
    total = models.DecimalField(max_digits=5, decimal_places=1)
    grade = models.CharField(max_length=10, choices=Grade.choices, db_collation="C")
    feedback = models.TextField(_("反馈意见"))
    at = models.DateTimeField()
    by_name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("评价")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.total}"

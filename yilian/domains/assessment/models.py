"""A period of assessment, the sheet of each member in it, and what is said about a sheet."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class PeriodState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    COLLECTING = "collecting", _("数据归集中")
    LOCKED = "locked", _("自评与评审中")
    PUBLISHED = "published", _("已公布")
    CANCELLED = "cancelled", _("已取消")


class SheetState(models.TextChoices):
    COLLECTING = "collecting", _("数据归集中")
    SELF_ASSESSING = "self_assessing", _("待成员自评")
    REVIEWING = "reviewing", _("待牵头单位评审")
    CONFIRMING = "confirming", _("待主管部门复核")
    DRAFTED = "drafted", _("得分待确认")
    OBJECTED = "objected", _("异议待答复")
    FINAL = "final", _("得分已定")
    PUBLISHED = "published", _("已公布")
    IMPROVING = "improving", _("改进中")
    RECHECKING = "rechecking", _("待复查")
    CLOSED = "closed", _("已归档")
    CANCELLED = "cancelled", _("已取消")


class RemarkKind(models.TextChoices):
    EVIDENCE = "evidence", _("佐证")
    OBJECTION = "objection", _("异议")
    FINDING = "finding", _("现场核查")
    FLAG = "flag", _("疑点")
    ANSWER = "answer", _("答复")


class AssessmentPeriod(Case):
    """A consortium's members assessed over some months by one scheme, frozen with the period when it is opened.

    `items` are the lines of the scheme, `caps` its limits, `coverage` who lacks which data, `results` what is public.
    """

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=80, null=True, db_collation="C")
    first_on = models.DateField(_("考核起始日"), null=True)
    last_on = models.DateField(_("考核截止日"), null=True)
    scheme = models.CharField(_("考核方案"), max_length=60, blank=True, db_collation="C")
    scheme_name = models.CharField(_("考核方案"), max_length=120, blank=True)
    basis = models.TextField(_("考核安排"), blank=True)
    items = models.JSONField(default=list, blank=True)
    caps = models.JSONField(default=dict, blank=True)
    coverage = models.JSONField(default=list, blank=True)
    gaps_note = models.TextField(_("数据缺口处理"), blank=True)
    unlock_reason = models.TextField(_("解锁理由"), blank=True)
    locked_at = models.DateTimeField(_("数据锁定时间"), null=True)
    results = models.JSONField(null=True)
    total = models.DecimalField(_("总分"), max_digits=6, decimal_places=2, null=True)
    is_passed = models.BooleanField(_("合格"), null=True)
    published_on = models.DateField(_("公布日期"), null=True)
    standing = models.CharField(_("考核后果"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("考核期")
        constraints = [models.UniqueConstraint(fields=["claim"], name="assessment_period_once")]


class Sheet(Case):
    """One member's assessment: `lines` come from data, `claims` from the member, `marks` from those who review.

    Each is a mapping by key of the item. `result` is what they come to; the snapshot freezes all of it.
    """

    period = models.ForeignKey(AssessmentPeriod, models.PROTECT, related_name="sheets", null=True)
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    first_on = models.DateField(_("数据起始日"), null=True)
    last_on = models.DateField(_("数据截止日"), null=True)
    lines = models.JSONField(default=dict, blank=True)
    claims = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    points = models.JSONField(default=list, blank=True)
    self_report = models.TextField(_("自评报告"), blank=True)
    inspected_on = models.DateField(_("现场核查日期"), null=True)
    inspectors = models.CharField(_("核查人员"), max_length=200, blank=True)
    opinion = models.TextField(_("评审意见"), blank=True)
    result = models.JSONField(null=True)
    total = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True)
    is_passed = models.BooleanField(_("合格"), null=True)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True)
    snapshot = models.JSONField(null=True)
    snapshot_digest = models.CharField(_("快照校验值"), max_length=64, blank=True, db_collation="C")
    plan = models.JSONField(default=list, blank=True)
    plan_due_on = models.DateField(_("改进期限"), null=True)
    plan_report = models.TextField(_("改进情况"), blank=True)
    plan_verdict = models.TextField(_("复查结论"), blank=True)

    class Meta:
        verbose_name = _("机构考核")
        constraints = [models.UniqueConstraint(fields=["period", "member"], name="sheet_once")]


class Remark(models.Model):
    """What was said about a line of a sheet or, with `to`, in answer to another remark; added, never changed."""

    case = models.ForeignKey(Sheet, models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind.choices, db_collation="C")
    item = models.CharField(max_length=40, blank=True, db_collation="C")
    check_key = models.CharField(max_length=60, blank=True, db_collation="C")
    text = models.TextField()
    cases = ArrayField(models.UUIDField(), default=list, blank=True)
    file_id = models.UUIDField(null=True)
    to = models.ForeignKey("self", models.PROTECT, related_name="answers", null=True)
    is_upheld = models.BooleanField(null=True)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("考核意见")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class SchemeVersion(models.Model):
    """A version of a scheme that an office made from an earlier one; never changed, everybody reads it."""

    code = models.CharField(_("方案编号"), max_length=60, unique=True, db_collation="C")
    title = models.CharField(_("方案名称"), max_length=120)
    kinds = ArrayField(models.CharField(max_length=24), default=list)
    items = models.JSONField()
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    made_by = models.CharField(_("制定人"), max_length=100)
    made_at = models.DateTimeField(_("制定时间"))

    class Meta:
        verbose_name = _("考核方案")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

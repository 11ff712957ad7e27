"""A quality report of one member for one quarter, and its lines: one indicator each, as it was when written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class ReportState(models.TextChoices):
    WRITTEN = "written", _("待填写意见")
    APPROVING = "approving", _("待批准")
    PUBLISHED = "published", _("已发布，待签收")
    ACKNOWLEDGED = "acknowledged", _("已签收")
    WITHDRAWN = "withdrawn", _("已撤回")


class Chart(models.TextChoices):
    """How the limits of a line were computed; see `control`."""

    SHARE = "p", _("比率控制图（p 图）")
    SINGLE = "xmr", _("单值－移动极差控制图（XmR 图）")
    NONE = "", _("数据不足，未计算控制限")


class QualityReport(Case):
    """A report about a member, or about a `department` of the lead; one stands for each and a quarter (`slot`)."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(
        settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("被评单位")
    )
    department = models.ForeignKey(
        "registry.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室")
    )
    quarter = models.CharField(_("季度"), max_length=6, blank=True, db_collation="C")
    slot = models.CharField(max_length=60, null=True, unique=True, editable=False, db_collation="C")
    counted_at = models.DateTimeField(_("数据截至"), null=True)
    outliers = models.PositiveSmallIntegerField(_("异常指标"), default=0)
    comments = models.TextField(_("质量持续改进意见"), blank=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    author = models.CharField(_("意见填写人"), max_length=100, blank=True)
    approver = models.CharField(_("批准人"), max_length=100, blank=True)
    published_on = models.DateField(_("发布日期"), null=True)
    measures = models.TextField(_("整改措施"), blank=True)
    withdrawal = models.TextField(_("撤回理由"), blank=True)

    class Meta:
        verbose_name = _("质控报告")


class ReportLine(models.Model):
    """One indicator in a report: the quarter, the one before, the consortium, and the months with their limits.

    `part` and `whole` are kept of what is counted; of money and days added up they would tell nothing.
    `points` are [month, value or null, lower limit or null, upper limit or null] as text, oldest first.
    """

    case = models.ForeignKey(QualityReport, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField(_("序号"))
    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    title = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20)
    value = models.DecimalField(_("本季"), max_digits=18, decimal_places=2, null=True)
    part = models.BigIntegerField(_("分子"), null=True)
    whole = models.BigIntegerField(_("分母"), null=True)
    before = models.DecimalField(_("上季"), max_digits=18, decimal_places=2, null=True)
    group = models.DecimalField(_("医联体"), max_digits=18, decimal_places=2, null=True)
    missing = models.PositiveSmallIntegerField(_("缺数据月数"), default=0)
    chart = models.CharField(_("控制图"), max_length=4, choices=Chart.choices, blank=True, db_collation="C")
    centre = models.DecimalField(_("中心线"), max_digits=18, decimal_places=2, null=True)
    points = models.JSONField(_("各月"), default=list)
    findings = models.JSONField(_("异常"), default=list)

    class Meta:
        verbose_name = _("质控报告指标")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="report_line_place")]

    def __str__(self) -> str:
        return self.title

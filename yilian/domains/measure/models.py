"""A definition on its way: what it says, and what it came to when it was tried."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.indicator import DIRECTIONS
from yilian.kernel.workflow.models import Case


class MeasureState(models.TextChoices):
    DRAFT = "draft", _("起草中")
    APPROVING = "approving", _("待批准")
    ADOPTED = "adopted", _("已通过")
    DROPPED = "dropped", _("已作废")


class Change(models.TextChoices):
    NEW = "new", _("新增指标")
    CHANGED = "changed", _("修改现有指标")
    TARGET = "target", _("只设定目标值")


class IndicatorChange(Case):
    """A definition for one consortium. `source` names the fact and the institution column, as fact:column."""

    owner = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    change = models.CharField(_("事由"), max_length=8, choices=Change.choices, blank=True, db_collation="C")
    indicator = models.CharField(_("指标"), max_length=80, blank=True, db_collation="C")
    indicator_name = models.CharField(max_length=120, blank=True)
    name = models.CharField(_("指标名称"), max_length=60, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    direction = models.CharField(
        _("导向"), max_length=8, choices=[(str(key), title) for key, title in DIRECTIONS.items()], blank=True,
        db_collation="C",
    )  # fmt: skip
    source = models.CharField(_("数据"), max_length=120, blank=True, db_collation="C")
    source_name = models.CharField(max_length=120, blank=True)
    part = models.TextField(_("分子公式"), blank=True)
    whole = models.TextField(_("分母公式"), blank=True)
    per = models.PositiveIntegerField(_("每多少"), null=True)
    over = models.PositiveIntegerField(_("折算"), null=True)
    target = models.DecimalField(_("目标值"), max_digits=12, decimal_places=2, null=True)
    part_says = models.CharField(_("分子说明"), max_length=200, blank=True)
    whole_says = models.CharField(_("分母说明"), max_length=200, blank=True)
    ground = models.TextField(_("依据与理由"), blank=True)
    effective_on = models.DateField(_("生效月份"), null=True)
    approver = models.CharField(_("批准者"), max_length=100, blank=True)
    key = models.CharField(_("指标代码"), max_length=80, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("指标口径")

    @property
    def effective_on_name(self) -> str:
        """The month from which it holds, as people read it; the day in it says nothing."""
        return f"{self.effective_on:%Y-%m}" if self.effective_on else ""


class Trial(models.Model):
    """What a definition came to in a month that is over, beside what holds now; written by the worker, never changed.

    `lines` are [institution or null for the consortium, numerator, denominator and value by the new definition, the
    same by the old one]; `failure` says why there are none. `digest` is that of the definition which was tried.
    """

    case = models.ForeignKey(IndicatorChange, models.CASCADE, related_name="trials")
    at = models.DateTimeField(_("试算时间"))
    month = models.IntegerField(_("月份"), null=True)
    digest = models.BinaryField(max_length=32)
    lines = models.JSONField(default=list)
    failure = models.CharField(_("失败原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("试算")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.month} {self.at:%Y-%m-%d %H:%M}"

    @property
    def month_name(self) -> str:
        """The month as people read it."""
        return f"{self.month // 100}-{self.month % 100:02d}" if self.month else ""

"""What an institution has places of, and every figure that was reported about it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST = 30_000


class ResourceKind(models.TextChoices):
    BED = "bed", _("病床")
    ICU = "icu", _("重症床位")
    CLINIC = "clinic", _("门诊号源")
    EQUIPMENT = "equipment", _("检查治疗设备")


class Source(models.TextChoices):
    """How a figure came here; "phone" was told to somebody of another institution."""

    PAGE = "page", _("页面")
    EXCEL = "excel", _("Excel")
    API = "api", _("接口")
    PHONE = "phone", _("电话核实")


class Figure(models.Model):
    """So many places, of which so many free, as of a moment; the total may be unknown."""

    total = models.IntegerField(_("总数"), null=True, blank=True)
    free = models.IntegerField(_("空闲"), null=True, blank=True)
    as_of = models.DateTimeField(_("截至"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices, blank=True, db_collation="C")
    reporter_name = models.CharField(_("报告人"), max_length=100, blank=True)
    confirmed_with = models.CharField(_("对方接听人"), max_length=100, blank=True)

    class Meta:
        abstract = True


class Resource(Figure):
    """Places of one kind in one ward, with the latest figure about them (kept by a trigger)."""

    id = models.AutoField(primary_key=True)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="resources")
    department = models.ForeignKey(
        "registry.Department", models.PROTECT, null=True, blank=True, verbose_name=_("科室"), related_name="+",
        db_index=False,
    )  # fmt: skip
    kind = models.CharField(_("类别"), max_length=12, choices=ResourceKind.choices, db_collation="C")
    name = models.CharField(_("名称"), max_length=80)
    is_on = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("资源")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "department", "kind", "name"], name="resource_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.department or ''} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return f"/capacity/{self.pk}/"


class Report(Figure):
    """A figure as it was reported; never changed. `reported_by` is the institution whose person wrote it down."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="reports", db_index=False)
    reported_by = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    reported_at = models.DateTimeField(_("报告时间"))

    class Meta:
        verbose_name = _("资源报告")
        ordering = ["-id"]
        indexes = [models.Index(fields=["resource", "-id"], name="report_of_resource")]
        constraints = [
            models.CheckConstraint(
                condition=Q(free__gte=0) & (Q(total__isnull=True) | Q(free__lte=F("total"))), name="report_free_fits"
            ),
            models.CheckConstraint(condition=Q(as_of__isnull=False), name="report_as_of"),
            models.CheckConstraint(
                condition=~Q(source="phone") | ~Q(confirmed_with=""), name="report_phone_with"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.free}/{self.total}"

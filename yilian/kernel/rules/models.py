"""Values of parameters and reason codes, as rows that offices keep."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ParameterValue(models.Model):
    """What a parameter is from a day on: for the installation, one consortium or one institution.

    Rows are only ever added; of two with the same day the later one counts. An empty value (null) gives the decision
    back to the wider scope. `case_id` names the case that decided so, where one did.
    """

    key = models.CharField(_("参数"), max_length=80, db_collation="C")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+")
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="+")
    value = models.CharField(_("取值"), max_length=200, null=True)
    effective_from = models.DateField(_("生效日期"))
    ground = models.CharField(_("依据"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_by_name = models.CharField(_("设定人"), max_length=100)
    set_at = models.DateTimeField(_("设定时间"))
    case_id = models.UUIDField(_("作出决定的事项"), null=True, editable=False)

    class Meta:
        verbose_name = _("参数取值")
        ordering = ["-effective_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=True) | Q(consortium__isnull=True), name="parameter_value_one_scope"
            ),
        ]
        indexes = [models.Index(fields=["key", "-effective_from"], name="parameter_value_key")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class ReasonCodeQuerySet(models.QuerySet["ReasonCode"]):
    def valid(self, on: date) -> "ReasonCodeQuerySet":
        """Codes that may be used on this day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_until__isnull=True) | Q(valid_until__gte=on)
        )


class ReasonCode(models.Model):
    """One coded reason of a list; `valid_until` is the last day. Days and texts may be changed locally."""

    list_key = models.CharField(_("目录"), max_length=60, db_collation="C")
    code = models.CharField(_("代码"), max_length=40, db_collation="C")
    title = models.CharField(_("名称"), max_length=120)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    sides = ArrayField(models.CharField(max_length=24), verbose_name=_("可用方"), default=list, blank=True)
    comment_required = models.BooleanField(_("须写说明"), default=False)
    cancels_all = models.BooleanField(_("终止全部安排"), default=False)
    suggests_next = models.BooleanField(_("须建议去向"), default=False)
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)
    is_edited = models.BooleanField(_("本地修改过"), default=False, editable=False)

    objects = ReasonCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("原因代码")
        ordering = ["list_key", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["list_key", "code"], name="reason_code_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="reason_code_days",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the reader's language, where the catalogue knows it."""
        return gettext(self.title)

    def is_valid(self, on: date) -> bool:
        """Say whether the code may be used on this day."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)

    def is_for(self, side: str) -> bool:
        """Say whether this side may use the code; one that names no side is open to all."""
        return not self.sides or side in self.sides

"""Frozen values: what a number was when it was used for assessment or money."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorSnapshot(models.Model):
    """A value as it was frozen, with digests of its definition and its rows; nobody changes or removes it."""

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    title = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+")
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="+")
    first_on = models.DateField(_("期初"))
    last_on = models.DateField(_("期末"))
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2, null=True)
    part = models.DecimalField(_("分子"), max_digits=18, decimal_places=2, null=True)
    whole = models.DecimalField(_("分母"), max_digits=18, decimal_places=2, null=True)
    definition_digest = models.BinaryField(max_length=32)
    rows_digest = models.BinaryField(max_length=32)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_by_name = models.CharField(_("冻结人"), max_length=100)
    frozen_for = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("冻结时间"))
    ground = models.CharField(_("用途"), max_length=300)

    class Meta:
        verbose_name = _("指标快照")
        ordering = ["-frozen_at", "-id"]
        indexes = [models.Index(fields=["key", "first_on", "-frozen_at"], name="indicator_snapshot_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.first_on}..{self.last_on}"

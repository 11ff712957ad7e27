"""Code systems and their codes: specialties, institution categories, diagnoses and the like."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeSystem(models.Model):
    key = models.CharField(_("键"), max_length=40, primary_key=True, db_collation="C")
    title = models.CharField(_("名称"), max_length=80)
    version = models.CharField(_("版本"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("编码体系")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Code(models.Model):
    """One code of a system; never deleted, but ended by `valid_until` (last day on which it may be chosen)."""

    system = models.ForeignKey(CodeSystem, models.PROTECT, related_name="codes", db_index=False)
    code = models.CharField(_("代码"), max_length=40, db_collation="C")
    name = models.CharField(_("名称"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    pinyin = models.CharField(max_length=400, blank=True, db_collation="C")
    initials = models.CharField(max_length=120, blank=True, db_collation="C")
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_until = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("代码")
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="code_unique")]
        indexes = [
            models.Index(fields=["system", "initials"], name="code_initials"),
            models.Index(fields=["system", "pinyin"], name="code_pinyin"),
        ]

    def __str__(self) -> str:
        return self.name

"""Departments of institutions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="departments", db_index=False)
    name = models.CharField(_("科室名称"), max_length=80)
    subject = models.ForeignKey(
        "registry.Code", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("诊疗科目")
    )
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("科室")
        ordering = ["institution", "id"]
        constraints = [models.UniqueConstraint(fields=["institution", "name"], name="department_name")]

    def __str__(self) -> str:
        return self.name

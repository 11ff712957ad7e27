"""An institution's application to join a consortium."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case
from yilian.registry.models.consortium import Closeness


class AdmissionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待牵头单位审核")
    CORRECTING = "correcting", _("待补充材料")
    ADMITTED = "admitted", _("已加入")
    DECLINED = "declined", _("不同意加入")
    WITHDRAWN = "withdrawn", _("已撤回")


class Admission(Case):
    """An institution applies to the lead of a consortium; the consortium itself is a column of the case."""

    applicant = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=60, null=True, db_collation="C")
    statement = models.TextField(_("申请说明"), blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    closeness = models.CharField(_("紧密程度"), max_length=8, choices=Closeness.choices, blank=True)
    agreement_until = models.DateField(_("协议期限至"), null=True)
    agreement_signed_on = models.DateField(_("协议签订日期"), null=True)
    joined_on = models.DateField(_("加入日期"), null=True)

    class Meta:
        verbose_name = _("加入申请")
        constraints = [models.UniqueConstraint(fields=["claim"], name="admission_one_at_a_time")]

"""The follow-up task that a member takes over with a patient referred down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.models.referral import Referral
from yilian.kernel.workflow.models import Case


class FollowUpState(models.TextChoices):
    PLANNED = "planned", _("待随访")
    DONE = "done", _("已随访")
    MISSED = "missed", _("未随访")
    CANCELLED = "cancelled", _("已取消")


class Way(models.TextChoices):
    CLINIC = "clinic", _("门诊")
    HOME = "home", _("上门")
    PHONE = "phone", _("电话")
    VIDEO = "video", _("视频")


class Control(models.TextChoices):
    """How the patient fares, as the person who follows up judges it."""

    GOOD = "good", _("稳定")
    FAIR = "fair", _("欠稳定")
    POOR = "poor", _("加重")


class FollowUp(Case):
    """One visit or call that somebody owes a patient by a day."""

    performer = models.ForeignKey(
        "registry.Institution", models.PROTECT, related_name="+", db_index=False, verbose_name=_("随访机构")
    )
    down_referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="followups", verbose_name=_("转诊单")
    )
    task = models.CharField(_("随访内容"), max_length=200, blank=True)
    due_on = models.DateField(_("应随访日期"), null=True, blank=True)
    done_on = models.DateField(_("随访日期"), null=True, blank=True)
    way = models.CharField(_("随访方式"), max_length=8, choices=Way.choices, blank=True, db_collation="C")
    control = models.CharField(_("病情"), max_length=8, choices=Control.choices, blank=True, db_collation="C")
    result = models.TextField(_("随访结果"), blank=True)
    missed_reason = models.CharField(_("未随访原因代码"), max_length=40, blank=True, db_collation="C")
    missed_reason_name = models.CharField(_("未随访原因"), max_length=120, blank=True)

    died_on = models.DateField(_("死亡日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("随访任务")

"""Emergencies: the mode of a consortium, the approval that is still owed, and when each thing was done to a patient."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.models.referral import Referral
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel.workflow.models import Case


class EmergencyState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ON = "on", _("已启用")
    ENDED = "ended", _("已结束")
    DISCARDED = "discarded", _("未启用作废")


class CountersignState(models.TextChoices):
    OWED = "owed", _("待补审")
    APPROVED = "approved", _("已补审")
    OBJECTED = "objected", _("补审不同意")


class EmergencyMode(Case):
    """A time in which members of a consortium refer without waiting for their own approval."""

    lead = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("牵头单位")
    )
    emergency_reason = models.CharField(_("启用原因"), max_length=40, blank=True, db_collation="C")
    emergency_reason_name = models.CharField(max_length=120, blank=True)
    ground = models.TextField(_("启用依据"), blank=True)
    until_at = models.DateTimeField(_("启用至"), null=True)
    on_at = models.DateTimeField(_("启用时间"), null=True, editable=False)
    on_by = models.CharField(_("启用人"), max_length=100, blank=True, editable=False)
    ended_at = models.DateTimeField(_("结束时间"), null=True, editable=False)
    review = models.TextField(_("结束情况"), blank=True)
    holds = models.IntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("应急模式")
        constraints = [
            models.UniqueConstraint(fields=["holds"], name="emergency_mode_once"),
            models.CheckConstraint(
                condition=models.Q(on_at__isnull=True) | models.Q(until_at__gt=models.F("on_at")),
                name="emergency_mode_ends_later",
            ),
        ]


class Countersign(Case):
    """The approval of a referral that was sent before anybody in the house had approved it."""

    signer = models.ForeignKey(
        "registry.Institution", models.PROTECT, related_name="+", db_index=False, verbose_name=_("转出方")
    )
    waived = models.ForeignKey(
        Referral, models.PROTECT, null=True, related_name="countersigns", verbose_name=_("转诊单")
    )
    waiver = models.CharField(_("未先审核的缘由"), max_length=200, blank=True)
    route = models.CharField(
        _("院内审核方式"), max_length=8, choices=Approval.choices, blank=True, db_collation="C", editable=False
    )
    owed_until = models.DateTimeField(_("补审期限"), null=True, editable=False)
    sent_by = models.IntegerField(null=True, editable=False)
    opinion = models.CharField(_("补审意见"), max_length=300, blank=True)
    decided_by = models.CharField(_("补审人"), max_length=100, blank=True, editable=False)
    decided_at = models.DateTimeField(_("补审时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("补审转诊")


class TimePoint(models.Model):
    """When one thing happened to the patient of a green channel; without a row nobody knows."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    point = models.CharField(max_length=16, db_collation="C")
    at = models.DateTimeField()
    institution_id = models.IntegerField()
    noted_name = models.CharField(max_length=100)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "point"], name="time_point_once")]

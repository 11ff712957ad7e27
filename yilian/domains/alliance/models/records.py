"""Public rows about consortia: how they are organised, what was assessed, who wears a plaque, how they ended.

Everyone in the installation reads them, as they read the registry. `case_id` is the key of the case that wrote a row;
it is no foreign key, because the case itself is seen by its parties only.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import councils


class Position(models.TextChoices):
    CHAIR = councils.CHAIR, _("理事长")
    VICE = councils.VICE, _("副理事长")
    MEMBER = councils.MEMBER, _("理事")


class Cause(models.TextChoices):
    """Why a consortium ended."""

    FAILED = "failed", _("连续考核不合格，责令解散")
    VOLUNTARY = "voluntary", _("自愿解散")


class Foundation(models.Model):
    """How a consortium was founded and is organised."""

    consortium = models.OneToOneField(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="foundation")
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    charter_on = models.DateField(_("章程通过日期"), null=True)
    secretariat = models.CharField(_("秘书处或办公室"), max_length=120, blank=True)
    secretariat_phone = models.CharField(_("电话"), max_length=40, blank=True)
    management_body = models.CharField(_("管理专门机构"), max_length=120, blank=True)
    centres = ArrayField(models.CharField(max_length=20), verbose_name=_("管理中心"), default=list, blank=True)
    unchanged = ArrayField(models.CharField(max_length=20), verbose_name=_("保持不变"), default=list, blank=True)
    unchanged_note = models.TextField(_("有变化的说明"), blank=True)
    is_entrusted = models.BooleanField(_("托管"), null=True)
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("设置情况")

    def __str__(self) -> str:
        return str(self.consortium)


class Council(models.Model):
    """One term of a council; `until_on` is its last day."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="councils")
    term = models.PositiveSmallIntegerField(_("届次"))
    since_on = models.DateField(_("任期起"))
    until_on = models.DateField(_("任期止"))
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("理事会")
        ordering = ["consortium", "-term"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "term"], name="council_term_once"),
            models.CheckConstraint(condition=Q(until_on__gte=F("since_on")), name="council_days"),
        ]

    def __str__(self) -> str:
        return f"{self.consortium} #{self.term}"


class Seat(models.Model):
    """Somebody's seat in a council; a council has one chair."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="seats")
    position = models.CharField(_("职务"), max_length=8, choices=Position.choices)
    name = models.CharField(_("姓名"), max_length=60)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("理事会席位")
        ordering = ["council", "id"]
        constraints = [
            models.UniqueConstraint(fields=["council"], condition=Q(position=Position.CHAIR), name="council_one_chair")
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.name}"


class Agreement(models.Model):
    """The cooperation agreement of a member with the lead; `ended_on` is the day it was settled."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="member_agreements")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("签订日期"), null=True)
    until_on = models.DateField(_("期限至"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("合作协议")
        ordering = ["consortium", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "institution"], condition=Q(ended_on=None), name="agreement_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consortium} {self.institution}"


class Plaque(models.Model):
    """A member's right to the consortium's plaque; whether it still holds follows from dates (clocks.plaque_lapse)."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="plaques")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("挂牌名称"), max_length=120)
    consented_on = models.DateField(_("同意日期"))
    surrendered_on = models.DateField(_("摘牌日期"), null=True)
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("挂牌")
        ordering = ["consortium", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "institution"], condition=Q(surrendered_on=None), name="plaque_one_up"
            ),
            models.CheckConstraint(
                condition=Q(surrendered_on=None) | Q(surrendered_on__gte=F("consented_on")), name="plaque_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """The published result of one year, with the weights and pass mark it was reckoned with; never changed."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("考核年度"))
    scores = models.JSONField(_("各方面得分"))
    weights = models.JSONField(_("权重"))
    total = models.DecimalField(_("总分"), max_digits=5, decimal_places=2)
    pass_mark = models.DecimalField(_("合格线"), max_digits=5, decimal_places=2)
    is_passed = models.BooleanField(_("合格"))
    published_on = models.DateField(_("公布日期"))
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("年度考核结果")
        ordering = ["consortium", "-year"]
        constraints = [models.UniqueConstraint(fields=["consortium", "year"], name="assessment_once_a_year")]

    def __str__(self) -> str:
        return f"{self.consortium} {self.year}"


class Ending(models.Model):
    """Why and when a consortium was dissolved; `ordered_on` is the day of the order or consent."""

    consortium = models.OneToOneField(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="ending")
    cause = models.CharField(_("原因"), max_length=12, choices=Cause.choices)
    ordered_on = models.DateField(_("责令或同意日期"))
    ended_on = models.DateField(_("解散日期"), null=True)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("解散")
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("ordered_on")), name="ending_days")
        ]

    def __str__(self) -> str:
        return f"{self.consortium} {self.cause}"

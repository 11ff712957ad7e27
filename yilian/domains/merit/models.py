"""A merit or a penalty of a member or of somebody who works there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class MeritState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    EXAMINING = "examining", _("待审查")
    HEARING = "hearing", _("待陈述申辩")
    DECIDING = "deciding", _("待处分决定")
    AWARDING = "awarding", _("待奖励决定")
    SERVED = "served", _("已决定，申诉期内")
    APPEALED = "appealed", _("申诉待决定")
    FINAL = "final", _("已生效，待公布")
    OWING = "owing", _("已公布，款项待结清")
    IN_FORCE = "in_force", _("已公布，有效")
    EXPIRED = "expired", _("已届满")
    REVOKED = "revoked", _("已撤销")
    DISMISSED = "dismissed", _("不予奖惩")
    WITHDRAWN = "withdrawn", _("已撤回")


class Nature(models.TextChoices):
    MERIT = "merit", _("奖励")
    PENALTY = "penalty", _("惩罚")


class Measure(models.TextChoices):
    """What S0 (范本二 6.1, 6.2) names."""

    COMMEND = "commend", _("表彰")
    BONUS = "bonus", _("奖金")
    WARNING = "warning", _("警告")
    FINE = "fine", _("罚款")


class Merit(Case):
    """A merit or penalty of `target`, an institution, or of `person` there. Money is in yuan.

    `office` examines it: the lead of the consortium, or the health authority where the lead itself is to be punished.
    `points` are what an institution gains (above zero) or loses while it is in force; a person's bring none.
    `decided_kind` is the kind of body that decided first, empty if a head did.
    """

    proposer = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    target = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey("registry.Practitioner", models.PROTECT, related_name="+", null=True)
    person_name = models.CharField(max_length=60, blank=True)
    nature = models.CharField(_("性质"), max_length=8, choices=Nature.choices, blank=True, db_collation="C")
    measure = models.CharField(_("奖惩措施"), max_length=8, choices=Measure.choices, blank=True, db_collation="C")
    measure_name = models.CharField(max_length=20, blank=True)
    ground = models.CharField(_("事由"), max_length=16, blank=True, db_collation="C")
    ground_name = models.CharField(max_length=100, blank=True)
    facts = models.TextField(_("事实与依据"), blank=True)
    amount = models.DecimalField(_("金额（元）"), max_digits=12, decimal_places=2, null=True)
    dismiss_reason = models.TextField(_("不予奖惩的理由"), blank=True)
    statement = models.TextField(_("陈述申辩"), blank=True)
    basis = models.CharField(_("决定依据"), max_length=200, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True)
    decided_kind = models.CharField(max_length=16, blank=True, db_collation="C")
    appeal = models.TextField(_("申诉理由"), blank=True)
    appeal_basis = models.CharField(_("申诉决定依据"), max_length=200, blank=True)
    appeal_decided_on = models.DateField(_("申诉决定日期"), null=True)
    points = models.DecimalField(_("考核分值"), max_digits=5, decimal_places=1, null=True)
    published_on = models.DateField(_("公布日期"), null=True)
    expires_on = models.DateField(_("届满日期"), null=True)
    pay_by = models.DateField(_("款项期限"), null=True)
    paid_on = models.DateField(_("结清日期"), null=True)
    remit_reason = models.TextField(_("免除理由"), blank=True)
    revoke_reason = models.TextField(_("撤销理由"), blank=True)
    ended_on = models.DateField(_("办结日期"), null=True)

    class Meta:
        verbose_name = _("奖惩")

"""Reading without consent in an emergency: a case that somebody else reviews."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class BreakGlassState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    AWAITING_REVIEW = "awaiting_review", _("待复核")
    EXPLAINING = "explaining", _("待说明")
    JUSTIFIED = "justified", _("复核正当")
    UNJUSTIFIED = "unjustified", _("复核不当")
    DISCARDED = "discarded", _("未调阅作废")


class BreakGlass(Case):
    """One emergency reading of a patient's documents: why, until when, and what the review found."""

    reader = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+")
    emergency_reason = models.CharField(_("紧急原因"), max_length=40, blank=True, db_collation="C")
    emergency_reason_name = models.CharField(max_length=100, blank=True)
    circumstances = models.TextField(_("情况说明"), blank=True)
    opened_until = models.DateTimeField(_("可读至"), null=True)
    opened_by = models.IntegerField(null=True)
    review_on = models.DateField(_("应复核日期"), null=True)
    review_from = models.DateTimeField(_("复核起算时间"), null=True)
    finding = models.TextField(_("复核意见"), blank=True)

    class Meta:
        verbose_name = _("紧急调阅")

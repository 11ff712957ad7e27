"""An agreement between institutions of a consortium, as a case."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    NEGOTIATING = "negotiating", _("协商中")
    SIGNING = "signing", _("待签署")
    SIGNED = "signed", _("已签署，待生效")
    IN_FORCE = "in_force", _("履行中")
    EXPIRING = "expiring", _("即将到期")
    EXPIRED = "expired", _("已到期")
    ENDED = "ended", _("提前终止")
    RENEWED = "renewed", _("已续签")
    AMENDED = "amended", _("已变更")
    WITHDRAWN = "withdrawn", _("未签订")


class Succession(models.TextChoices):
    """Why an agreement follows another."""

    RENEWAL = "renewal", _("续签")
    AMENDMENT = "amendment", _("变更")


class Agreement(Case):
    """What two or more institutions promise each other from a day to a day, both included.

    `text` is what was signed, once it is final: {title, preamble, clauses: [{number, title, text}]}; `text_digest` its
    SHA-256. `in_force_since` is the moment from which it counts, `ended_on` the last day of one that ended early.
    """

    drafter = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    partners = ArrayField(models.IntegerField(), default=list, blank=True)
    subject = models.CharField(_("协议名称"), max_length=120, blank=True)
    template = models.CharField(_("协议范本"), max_length=40, blank=True, db_collation="C")
    purpose = models.TextField(_("合作目的"), blank=True)
    begins_on = models.DateField(_("起始日期"), null=True)
    ends_on = models.DateField(_("截止日期"), null=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    succession = models.CharField(max_length=12, choices=Succession.choices, blank=True, db_collation="C")
    text = models.JSONField(default=dict, blank=True)
    text_digest = models.CharField(max_length=64, blank=True, db_collation="C")
    signed_on = models.DateField(_("签署完成日期"), null=True)
    in_force_since = models.DateTimeField(_("生效时间"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)
    ending = models.TextField(_("终止原因"), blank=True)

    class Meta:
        verbose_name = _("协议")
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="agreement_days"
            ),
        ]

    @property
    def signatories(self) -> list[int]:
        """Return the keys of the parties, the drafter first."""
        return [self.drafter_id, *(one for one in self.partners if one != self.drafter_id)]

    @property
    def last_on(self):
        """Return the last day on which it counts, or None while its term is not written."""
        return self.ended_on or self.ends_on

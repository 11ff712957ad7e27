"""What people say of a stay: which indications are met, since when somebody holds it fit, what a doctor decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.inpatient.models.stay import Stay
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


class MarkSource(models.TextChoices):
    """Who named an indication: a doctor here, or the program that reported the stay."""

    DOCTOR = "doctor", _("医师")
    REPORT = "report", _("随住院数据报告")


class Mark(models.Model):
    """Somebody said whether an indication is met; the latest word on each counts, none is ever changed.

    The indication belongs to another domain: its number is kept with the words that were read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="marks", db_index=False)
    indication_id = models.IntegerField()
    condition = models.CharField(_("指征"), max_length=300)
    is_met = models.BooleanField(_("符合"))
    source = models.CharField(max_length=8, choices=MarkSource.choices, db_collation="C")
    said_name = models.CharField(max_length=100)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("指征判断")
        ordering = ["-id"]
        indexes = [models.Index(fields=["stay", "indication_id", "-id"], name="mark_latest")]

    def __str__(self) -> str:
        return self.condition


class FitSpan(models.Model):
    """The days from which to which a stay was held fit to go down; the last one of a stay may still run."""

    id = models.BigAutoField(primary_key=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="fit_spans")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("符合下转指征的时段")
        constraints = [
            models.UniqueConstraint(fields=["stay"], name="fit_one_running", condition=Q(until_on__isnull=True)),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="fit_span_days"
            ),
        ]
        indexes = [models.Index(fields=["institution", "since_on"], name="fit_of_place")]

    def __str__(self) -> str:
        return f"{self.since_on} – {self.until_on or ''}"


class DecisionKind(models.TextChoices):
    """What a doctor decides about going down."""

    DRAFTED = "drafted", _("拟下转")
    UNFIT = "unfit", _("暂不适合")
    LATER = "later", _("以后再看")


class Decision(models.Model):
    """A doctor has looked at the suggestion; the latest word counts, none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=DecisionKind.choices, db_collation="C")
    reason = models.CharField(max_length=40, blank=True, db_collation="C")
    reason_name = models.CharField(_("原因"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    until_on = models.DateField(_("到何时再看"), null=True)
    place = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    decided_name = models.CharField(max_length=100)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("下转判断")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="unfit") | ~Q(reason=""), name="unfit_with_reason"),
            models.CheckConstraint(condition=~Q(kind="later") | Q(until_on__isnull=False), name="later_until"),
            models.CheckConstraint(condition=~Q(kind="drafted") | Q(case__isnull=False), name="drafted_case"),
        ]

    def __str__(self) -> str:
        return self.kind

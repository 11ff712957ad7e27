"""Whether clauses were kept, and what the parties report about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.models.agreement import Agreement
from yilian.domains.agreement.models.clause import Clause


class Verdict(models.TextChoices):
    KEPT = "kept", _("已履行")
    BROKEN = "broken", _("未履行")
    NO_DATA = "no_data", _("无数据")
    NOT_DUE = "not_due", _("未到期")


class Finding(models.Model):
    """What a check found of a clause in one period. `rows` is [{label, url, case}]; written by the check alone.

    A finding that `is_settled` is not looked at again; `filed_on` is the day on which it went onto an agenda.
    """

    case = models.ForeignKey(Agreement, models.PROTECT, related_name="findings", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="findings", db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, db_collation="C")
    detail = models.CharField(max_length=300, blank=True)
    rows = models.JSONField(default=list)
    checked_at = models.DateTimeField()
    is_settled = models.BooleanField(default=False)
    filed_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("履约结果")
        ordering = ["clause", "first_on"]
        constraints = [models.UniqueConstraint(fields=["clause", "first_on"], name="finding_once")]
        indexes = [models.Index(fields=["case", "first_on"], name="finding_case")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.first_on} {self.verdict}"


class Fulfilment(models.Model):
    """Something done for a clause that no other part of the house keeps: recorded by a party, never changed."""

    case = models.ForeignKey(Agreement, models.PROTECT, related_name="fulfilments", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="fulfilments")
    done_on = models.DateField(_("日期"))
    amount = models.PositiveSmallIntegerField(_("数量"), default=1)
    what = models.CharField(_("内容"), max_length=200)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("履约登记")
        ordering = ["-done_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.done_on} {self.what}"

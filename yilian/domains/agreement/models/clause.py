"""The clauses of an agreement, and the rounds in which they were negotiated."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.models.agreement import Agreement


class Way(models.TextChoices):
    ADDED = "added", _("增加")
    CHANGED = "changed", _("修改")
    DROPPED = "dropped", _("删去")


class Clause(models.Model):
    """One clause as it reads now. `kind` is a key of registry.clauses, `terms` its values, named in the text by braces.

    `round` counts its versions: who changes a clause says which one was read.
    """

    case = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, db_collation="C")
    title = models.CharField(_("条款名称"), max_length=80)
    text = models.TextField(_("条款内容"))
    terms = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True, db_collation="C")
    round = models.PositiveSmallIntegerField(default=1)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("条款")
        ordering = ["case", "position", "pk"]
        indexes = [models.Index(fields=["case", "position"], name="clause_case")]

    def __str__(self) -> str:
        return self.title


class ClauseRound(models.Model):
    """One change of a clause: who, when, what it said before and after, {title, text, terms}. Added, never changed."""

    case = models.ForeignKey(Agreement, models.PROTECT, related_name="rounds", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices, db_collation="C")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("条款的修改")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["clause", "number"], name="clause_round_once")]
        indexes = [models.Index(fields=["case", "id"], name="clause_round_case")]

    def __str__(self) -> str:
        return f"{self.clause_id} #{self.number}"

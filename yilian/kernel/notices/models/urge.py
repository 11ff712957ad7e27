"""催办: who asked whom to act on a case, and when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class CaseUrge(models.Model):
    """One institution asked those whose turn it is to act. Rows are kept; only the escalation is noted later."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="urges")
    version = models.IntegerField()
    by_id = models.IntegerField(null=True)
    by_name = models.CharField(max_length=100)
    institution_id = models.IntegerField()
    institution_name = models.CharField(max_length=200)
    told = ArrayField(models.IntegerField())
    told_names = models.CharField(max_length=400)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("催办")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["case", "-at"], name="urge_of_case"),
            models.Index(fields=["at"], name="urge_open", condition=models.Q(escalated_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"

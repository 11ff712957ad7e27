"""Which stages of a deadline, and which broken obligations, have been dealt with, so that nothing is told twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class Stage(models.TextChoices):
    SOON = "soon", _("即将到期")
    LATE = "late", _("已超时")
    ESCALATED = "escalated", _("已上报")
    STUCK = "stuck", _("无法自动办理")


class DeadlineStage(models.Model):
    """A stage that a case reached for one due date; a new due date starts afresh."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="+")
    due = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=Stage.choices, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due", "stage"], name="deadline_stage_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"


class BrokenObligation(models.Model):
    """That those in charge at an institution were told of an obligation that was not kept until its last day."""

    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, db_index=False, related_name="+")
    key = models.CharField(max_length=80, db_collation="C")
    subject = models.CharField(max_length=80, db_collation="C")
    last_day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "key", "subject", "last_day"], name="broken_obligation_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject} {self.last_day}"

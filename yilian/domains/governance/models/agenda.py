"""A point that waits for the next meeting of a consortium, whoever put it there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AgendaPoint(models.Model):
    """`case_id` is the case it comes from; `meeting` the one that took it up, empty while it waits."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("议题"), max_length=200)
    ground = models.CharField(_("依据"), max_length=300, blank=True)
    case_id = models.UUIDField(null=True, editable=False)
    filed_at = models.DateTimeField(_("提出时间"))
    meeting = models.UUIDField(_("列入的会议"), null=True, editable=False)

    class Meta:
        verbose_name = _("待议事项")
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "case_id", "title"],
                condition=models.Q(meeting=None),
                nulls_distinct=False,
                name="agenda_point_waits_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

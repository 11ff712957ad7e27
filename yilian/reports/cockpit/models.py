"""How many referrals went from where to where in each month: counted by the worker, read by the map."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Flow(models.Model):
    """Referrals of one direction from one institution to another, by the month (its first day) they were last sent."""

    month = models.DateField(_("月份"))
    sender = models.ForeignKey(settings.INSTITUTION_MODEL, models.CASCADE, related_name="+", db_index=False)
    receiver = models.ForeignKey(settings.INSTITUTION_MODEL, models.CASCADE, related_name="+", db_index=False)
    consortium = models.ForeignKey(
        settings.CONSORTIUM_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )
    direction = models.CharField(_("方向"), max_length=10, db_collation="C")
    cases = models.PositiveIntegerField(_("件数"))
    counted_at = models.DateTimeField(_("统计时间"))

    class Meta:
        verbose_name = _("转诊流向")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "sender", "receiver", "consortium", "direction"], name="flow_once",
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sender_id}-{self.receiver_id} {self.month:%Y-%m}"

"""An errand: one institution asks another for something."""

from django.conf import settings
from django.db import models

from yilian.kernel.workflow.models import Case


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SENT = "sent", "待接收"
    ACCEPTED = "accepted", "办理中"
    DONE = "done", "已办结"
    DECLINED = "declined", "已谢绝"
    EXPIRED = "expired", "已超时"


class Errand(Case):
    sender = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    wish = models.TextField(blank=True)
    wanted_on = models.DateField(null=True)
    amount = models.IntegerField(null=True)
    result = models.TextField(blank=True)
    department = models.ForeignKey("registry.Department", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(wish="forbidden"), name="errand_not_forbidden")]

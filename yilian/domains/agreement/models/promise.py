"""Time limits that parties have promised each other, as everybody may read them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Promise(models.Model):
    """A clause about a time limit while its agreement counts, from a moment up to another.

    A public line: limits of cases rest on it, and whoever reckons one need not see the agreement.
    """

    case_id = models.UUIDField(editable=False)
    clause_id = models.BigIntegerField(unique=True, editable=False)
    agreement = models.CharField(_("协议"), max_length=24, db_collation="C")
    place = models.PositiveSmallIntegerField(_("条"))
    topic = models.CharField(max_length=40, db_collation="C")
    institutions = ArrayField(models.IntegerField())
    terms = models.JSONField(default=dict)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("协议约定的时限")

    def __str__(self) -> str:
        return f"{self.agreement} {self.place}"

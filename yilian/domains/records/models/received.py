"""A document that arrived from another system: its original, byte for byte, beside the rows made of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.records.models.record import Record


class Received(models.Model):
    """The original of a document, sealed in the vault; `left` names what is kept there only, by place.

    `system` and `value` are Bundle.identifier: an institution sends a document once.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="received")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    system = models.CharField(max_length=200, db_collation="C")
    value = models.CharField(_("文档标识"), max_length=200, db_collation="C")
    sha256 = models.CharField(max_length=64, db_collation="C")
    size = models.BigIntegerField(_("大小"))
    storage_key = models.CharField(max_length=32, db_collation="C", unique=True)
    left = models.JSONField(default=list)
    received_at = models.DateTimeField(_("接收时间"))

    class Meta:
        verbose_name = _("接收的文档原文")
        constraints = [
            models.UniqueConstraint(fields=["institution", "system", "value"], name="document_received_once")
        ]

    def __str__(self) -> str:
        return self.value

"""Signatures under an agreement."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.models.agreement import Agreement


class Manner(models.TextChoices):
    TYPED = "typed", _("在线签名")
    DRAWN = "drawn", _("手写签名")
    COPY = "copy", _("上传签署扫描件")
    CERTIFICATE = "cert", _("电子证书签署")


class Signature(models.Model):
    """An institution's signature: by whom, how, and under which text (its SHA-256). Added once, never changed.

    `strokes` is the path of a drawn signature, `attachment` and `file_digest` the signed copy, `certificate` what the
    client of a provider of certificates gave. `seal` is the SHA-256
    over all of it: see signing.seals.
    """

    case = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    manner = models.CharField(_("签署方式"), max_length=8, choices=Manner.choices, db_collation="C")
    signer = models.CharField(_("签署人"), max_length=60)
    position = models.CharField(_("职务"), max_length=60, blank=True)
    strokes = models.TextField(blank=True)
    certificate = models.TextField(blank=True)
    attachment = models.UUIDField(null=True)
    file_digest = models.CharField(max_length=64, blank=True, db_collation="C")
    text_digest = models.CharField(max_length=64, db_collation="C")
    seal = models.CharField(max_length=64, db_collation="C")
    signed_at = models.DateTimeField(_("签署时间"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("签名")
        constraints = [models.UniqueConstraint(fields=["case", "institution"], name="signature_once")]

    def __str__(self) -> str:
        return f"{self.institution} {self.signer}"

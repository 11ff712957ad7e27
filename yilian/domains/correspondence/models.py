"""An official letter of an institution and its states."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class LetterState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    SIGNING = "signing", _("待签发")
    ISSUED = "issued", _("已发文")
    ARCHIVED = "archived", _("已归档")
    REVOKED = "revoked", _("已撤销")
    DROPPED = "dropped", _("已作废")


class Sort(models.TextChoices):
    """The kinds of papers that are written freely; minutes, resolutions and agreements come from their own cases."""

    LETTER = "letter", _("函")
    NOTICE = "notice", _("通知")
    BULLETIN = "bulletin", _("通报")
    PUBLICATION = "publication", _("公示")


class Letter(Case):
    """A letter. `addressees` are institutions; none means all members of the consortium."""

    issuer = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    sort = models.CharField(_("文种"), max_length=12, choices=Sort.choices, blank=True, db_collation="C")
    subject = models.CharField(_("事由"), max_length=120, blank=True)
    addressees = ArrayField(models.IntegerField(), default=list, blank=True)
    text = models.TextField(_("正文"), blank=True)
    enclosures = models.JSONField(default=list, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    shown_until = models.DateField(_("公示截止日期"), null=True)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    signed_by = models.CharField(_("签发人"), max_length=100, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    revocation = models.TextField(_("撤销理由"), blank=True)

    class Meta:
        verbose_name = _("公文")

"""The signature that a sender still owes for an emergency that went first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.models.referral import Referral
from yilian.kernel.workflow.models import Case


class OwedConsentState(models.TextChoices):
    OWED = "owed", _("待补签")
    SIGNED = "signed", _("已补签")
    DROPPED = "dropped", _("转诊已结束，未补签")
    REFUSED = "refused", _("患者不同意")


class OwedConsent(Case):
    """One consent to be signed after an emergency; due when the referral says so (`Referral.consent_due_at`)."""

    signer = models.ForeignKey(
        "registry.Institution", models.PROTECT, related_name="+", db_index=False, verbose_name=_("转出方")
    )
    emergency = models.ForeignKey(
        Referral, models.PROTECT, null=True, related_name="owed_consents", verbose_name=_("转诊单")
    )

    class Meta:
        verbose_name = _("补签知情同意")

"""The consent owed for an emergency as a case type: it stands in the sender's inbox, is reminded of and escalated."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import actions, parameters
from yilian.domains.referral.asks import SIGNING
from yilian.domains.referral.grounds import CONSENT
from yilian.domains.referral.models import OwedConsent
from yilian.domains.referral.models.owed_consent import OwedConsentState
from yilian.kernel.rules.rule import rule
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, Ask, Deadline, Flow, Party, Side, Step
from yilian.kernel.workflow.moment import Moment

SIGNER = Party("signer", "doctor", "reception", "director")
OWED, SIGNED, DROPPED, REFUSED = OwedConsentState


@rule(_("补签应随急诊转诊单办理"), cite=CONSENT)
def referral_is_named(owed) -> bool:
    return owed.emergency_id is not None


def sign_on_the_referral(moment: Moment) -> None:
    """The signature belongs to the referral: its rules decide, and its history keeps it."""
    actions.sign_consent(moment.case.emergency, by=moment.actor, answers=moment.answers.values())


STEPS = (
    Step("sign", _("登记补签"), OWED, SIGNED, SIGNER, asks=SIGNING, needs=(referral_is_named,),
         then=(sign_on_the_referral,), style="primary", tell=(),
         help=_("患者不同意的，请在转诊单上登记拒绝，由转诊医生决定继续或停止。")),
    Step("settle", _("已在转诊单上补签"), OWED, SIGNED, CLOCK, tell=()),
    Step("refuse", _("患者不同意"), OWED, REFUSED, CLOCK, tell=()),
    Step("drop", _("转诊已结束"), OWED, DROPPED, CLOCK, tell=("signer",)),
)  # fmt: skip

owed_consent_type = case_types.add(
    CaseType(
        key="consent",
        title=_("补签知情同意"),
        group=_("协同诊疗"),
        prefix="BQ",
        model=OwedConsent,
        states={
            OWED: (OWED.label, "warning"),
            SIGNED: (SIGNED.label, "success"),
            DROPPED: (DROPPED.label, "danger"),
            REFUSED: (REFUSED.label, "danger"),
        },
        sides=(Side("signer", 1, _("转出方")), Side("office", 10, _("医联体办公室"), is_oversight=True)),
        flow=Flow(
            start=OWED,
            finals=(SIGNED, DROPPED, REFUSED),
            steps=STEPS,
            deadlines=(Deadline(OWED, parameters.CONSENT_LATER),),
        ),
        opens=(SIGNER,),
        form=(Ask("patient", _("患者"), "patient"),),
        heading=lambda owed: str(_("补签知情同意")),
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("signer", _("转出机构"), "institution"),
            Column("state", _("状态"), "state"),
            Column("due", _("补签期限"), "datetime"),
        ),
        icon="signature",
        in_menu=False,
        comes_along=True,
        help=_("急诊先行发出的转诊单，由转出方限期补签知情同意；逾期提醒并上报医联体办公室。"),
    )
)

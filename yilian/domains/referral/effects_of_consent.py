"""What follows when a consent that was owed is signed, refused, or not given before the end (docs/adr/0041)."""

from yilian.domains.referral import actions, reasons
from yilian.domains.referral.vocabulary import CONSENT_OUTSTANDING
from yilian.kernel.rules.reasons import reason
from yilian.kernel.workflow.moment import Moment


def sign_consent(moment: Moment) -> None:
    """Note the signature, and close the task that asked for it if it was not signed there."""
    actions.close_owed_consents(moment.case, "settle")
    moment.set(consent_signed_at=moment.at, flags=moment.case.flags & ~CONSENT_OUTSTANDING)


def note_refusal(moment: Moment) -> None:
    """The patient has said no: nothing is owed any more, and nothing is signed."""
    actions.close_owed_consents(moment.case, "refuse")
    moment.set(consent_refused_at=moment.at, flags=moment.case.flags & ~CONSENT_OUTSTANDING)


def patient_declined(moment: Moment) -> None:
    """Give the state its reason: the patient does not want it."""
    code = reason(reasons.CANCEL, reasons.PATIENT_DECLINES)
    moment.set(
        status_reason=reasons.PATIENT_DECLINES, status_reason_name=code.label if code else "",
        status_note=moment.note[:500],
    )  # fmt: skip


def drop_owed_consent(moment: Moment) -> None:
    """A referral that has ended cannot be signed any more; that nobody did stays marked on it."""
    if moment.case.is_consent_outstanding:
        actions.close_owed_consents(moment.case, "drop")

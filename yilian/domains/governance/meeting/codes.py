"""The code of a meeting that hangs on its wall: signed, for a few minutes, worth nothing for any other meeting."""

from uuid import UUID

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from yilian.domains.governance.parameters import CODE_MINUTES
from yilian.kernel.rules.values import value_of

SALT = "governance.sign_in"


class CodeExpiredError(ValueError):
    """The code is right and too old."""


def code_of(meeting_id: UUID) -> str:
    """Return a code that is good from now on for as long as the parameter says."""
    return TimestampSigner(salt=SALT).sign(meeting_id.hex).partition(":")[2]


def check(code: str, meeting_id: UUID) -> bool:
    """Say whether a code is one of this meeting; raise CodeExpiredError if it was."""
    try:
        TimestampSigner(salt=SALT).unsign(f"{meeting_id.hex}:{code}", max_age=int(value_of(CODE_MINUTES)) * 60)
    except SignatureExpired:
        raise CodeExpiredError from None
    except BadSignature:
        return False
    return True

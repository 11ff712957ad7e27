"""The second factor of accounts that have one: a password alone gives no token."""

from allauth.mfa.models import Authenticator

from yilian.kernel.access.models import User


def second_factor_holds(user: User, code: str) -> bool:
    """Say whether the code fits one of the account's authenticators; an account without any needs no code.

    Passkeys answer only in a browser: an account with nothing else gets no token by password.
    """
    owned = list(Authenticator.objects.filter(user=user))
    if not owned:
        return True
    typed = [item for item in owned if item.type != Authenticator.Type.WEBAUTHN]
    return bool(code) and any(item.wrap().validate_code(code.strip()) for item in typed)

"""How people come to an account: never by themselves; and what a password of one's own is."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yilian.kernel.access.models import User


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are made by a hospital's administrator; the sign-up page stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse everybody."""
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Refuse as a new password the one in use: a first password is known to whoever gave it."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(_("新密码不能与现在的密码相同"))
        return super().clean_password(password, user)

    def set_password(self, user: User, password: str) -> None:
        """Set the password a person chose: from now on it is their own."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the first page."""
        return "/"

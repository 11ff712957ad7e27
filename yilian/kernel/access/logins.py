"""Who is logged in: the session and the person of every request, read without composing a statement."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from yilian.kernel import rows
from yilian.kernel.access.models import User


class SessionStore(db.SessionStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        found = rows.where(Session, "session_key = %s and expire_date > %s", [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
        return next(iter(found), None)


class PasswordBackend(ModelBackend):
    """Django's own log-in by password."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session while the account is open, or None."""
        user = rows.read(User, user_id)
        return user if user and self.user_can_authenticate(user) else None

"""Who opens a stream: the session of the pages, and the post held today."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY as SESSION_HASH
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import close_old_connections
from django.http.request import validate_host
from django.utils.crypto import constant_time_compare

from yilian.kernel.access.middleware import SESSION_KEY as POST_KEY
from yilian.kernel.access.posts import actor_for


@dataclass(frozen=True)
class Visitor:
    """The person, and the institution whose cases they may hear of."""

    user_id: int
    institution_id: int


def visitor_of(session_key: str) -> Visitor | None:
    """Return who a session belongs to now, or None; asks the database, so it runs in a thread."""
    close_old_connections()
    try:
        session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        user_id, sealed = session.get(SESSION_KEY), session.get(SESSION_HASH, "")
        users = get_user_model().objects.filter(is_active=True, must_change_password=False)
        user = users.filter(pk=user_id).first() if user_id else None
        if user is None or not constant_time_compare(sealed, user.get_session_auth_hash()):
            return None
        actor = actor_for(user, session.get(POST_KEY))
        return Visitor(user.pk, actor.institution_id) if actor else None
    finally:
        close_old_connections()


def session_key_in(cookies: str) -> str:
    """Return the key of the session in a Cookie header, or an empty string."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def is_ours(origin: str) -> bool:
    """Say whether pages of this origin are ours, so that they may read a stream."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return False
    return validate_host(host, [known for known in settings.ALLOWED_HOSTS if known != "*"])

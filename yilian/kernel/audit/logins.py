"""Logging in, out and failing to is recorded through the signals that Django, allauth and axes send."""

from functools import partial
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from yilian.kernel.access.middleware import address_of
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.audit.recording import record

# app, the module of its signals, the signal, what is recorded
SIGNALS = (
    ("allauth.account", "allauth.account.signals", "password_changed", "login_changed"),
    ("allauth.account", "allauth.account.signals", "password_reset", "login_changed"),
    ("allauth.mfa", "allauth.mfa.signals", "authenticator_added", "login_changed"),
    ("allauth.mfa", "allauth.mfa.signals", "authenticator_removed", "login_changed"),
    ("allauth.mfa", "allauth.mfa.signals", "authenticator_reset", "login_changed"),
    ("allauth.mfa", "allauth.mfa.signals", "authentication_failed", "login_failed"),
    ("axes", "axes.signals", "user_locked_out", "locked_out"),
)


def listen() -> None:
    """Connect the recorders; called once when the app is ready."""
    for signal, action in ((user_logged_in, "logged_in"), (user_logged_out, "logged_out")):
        signal.connect(partial(_note, action), weak=False, dispatch_uid=f"audit.{action}")
    user_login_failed.connect(_login_failed, dispatch_uid="audit.login_failed")
    for app, module, name, action in SIGNALS:
        if apps.is_installed(app):
            signal = getattr(import_module(module), name)
            signal.connect(partial(_note, action), weak=False, dispatch_uid=f"audit.{name}")


def _login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    _note("login_failed", request=request, username=credentials.get("username"))


def _note(
    action: str,
    *,
    request: HttpRequest | None = None,
    user: User | None = None,
    username: str | None = None,
    **_more: Any,
) -> None:
    """Record what happened to an account, under the institution of its first post of today."""
    user = user or _named(username)
    if user is None and action == "logged_out":
        return
    ip = address_of(request) if request else ""
    actor = actor_for(user, ip=ip) if user else None
    # Someone without a post belongs to no institution: who and where are kept for those who run the installation.
    detail = {"ip": ip, "user_id": user.pk if user else None} if actor is None else {}
    record(actor, action, object_kind="session", detail=detail)


def _named(username: str | None) -> User | None:
    """Return the account that was tried. An unknown name is not kept: people type passwords into that field."""
    return get_user_model().objects.filter(username=username).first() if username else None

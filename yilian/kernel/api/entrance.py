"""The door: a bearer token becomes an actor, and every operation runs in that actor's row scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.middleware import address_of
from yilian.kernel.access.posts import NoSuchPostError, on_behalf_of
from yilian.kernel.access.scope import all_or_nothing, scope
from yilian.kernel.api.problems import refuse
from yilian.kernel.api.tokens import Bearer, bearer_of
from yilian.kernel.workflow.refusals import StaleVersion, StepRefused

KEY_ONCE = "idempotency_key_once"


class ApiRequest(HttpRequest):
    """A request behind the door."""

    actor: Actor
    bearer: Bearer


class TokenAuth(HttpBearer):
    """Reads `Authorization: Bearer …` and, when sent, `On-Behalf-Of: <user id>`."""

    def __call__(self, request: HttpRequest) -> Bearer | None:
        scheme, _space, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self.authenticate(request, text.strip()) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """Set `request.actor` and return the bearer, or None for a token that is not in force."""
        bearer = bearer_of(token, ip=address_of(request))
        if bearer:
            request.bearer = bearer  # type: ignore[attr-defined]
            request.actor = _deputy(request, bearer.actor)  # type: ignore[attr-defined]
        return bearer


def in_scope(operation: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run an operation in the row scope of its actor: one transaction, rolled back by whatever it raises.

    A write with an Idempotency-Key that is refused because its twin came first runs once more, and then finds
    what the twin did.
    """

    @wraps(operation)
    def scoped(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return operation(request, *args, **kwargs)
        try:
            with scope(request.actor), all_or_nothing():
                return operation(request, *args, **kwargs)
        except (StaleVersion, StepRefused, IntegrityError) as error:
            if not _may_be_twin(request, error):
                raise
        with scope(request.actor), all_or_nothing():
            return operation(request, *args, **kwargs)

    return scoped


def _may_be_twin(request: HttpRequest, error: Exception) -> bool:
    if "HTTP_IDEMPOTENCY_KEY" not in request.META:
        return False
    if isinstance(error, IntegrityError):
        return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == KEY_ONCE
    return True


def _deputy(request: HttpRequest, actor: Actor) -> Actor:
    principal = request.META.get("HTTP_ON_BEHALF_OF", "").strip()
    if not principal:
        return actor
    if not (principal.isascii() and principal.isdigit() and len(principal) < 10):
        raise refuse("malformed", _("On-Behalf-Of 应为委托人的编号"), field="On-Behalf-Of")
    try:
        return on_behalf_of(actor, int(principal))
    except NoSuchPostError:
        text = _("此人没有委托您在{institution}代为办理，或委托不在有效期内").format(institution=actor.institution_name)
        raise refuse("not-a-deputy", text, field="On-Behalf-Of") from None

"""Gives every request its Actor and its row scope."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.posts import NoSuchPostError, actor_for, on_behalf_of
from yilian.kernel.access.scope import scope

SESSION_KEY = "post_id"
BEHALF_KEY = "on_behalf_of"
OPEN_BEFORE_CHANGE = ("/accounts/password/change/", "/accounts/logout/", "/language/", "/health/", "/verify/")
"""What a person may open whose password must be changed first."""


class StreamingOutsideScopeError(RuntimeError):
    """A streaming response would read rows after its scope has closed."""


class ActorMiddleware:
    """Sets `request.actor` (None for anonymous visitors and people without a post) and opens the row scope.

    Addresses under /api/ authenticate by themselves and open their own scope.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if request.path_info.startswith(("/api/", "/static/")):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.must_change_password:
            return self.get_response(request) if is_open_before_change(request.path_info) else _to_change(request)
        actor = actor_for(request.user, request.session.get(SESSION_KEY), ip=address_of(request))
        if actor and (principal := request.session.get(BEHALF_KEY)):
            actor = _acting_for(request, actor, principal)
        request.actor = actor  # type: ignore[attr-defined]
        with scope(actor):
            response = self.get_response(request)
            if response.streaming:
                raise StreamingOutsideScopeError(request.path)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def is_open_before_change(path: str) -> bool:
    """Say whether a path opens before a first password is changed."""
    return path.startswith(OPEN_BEFORE_CHANGE)


def _to_change(request: HttpRequest) -> HttpResponse:
    """Lead to the page that changes the password, by the header that htmx follows where it asks."""
    address = reverse("account_change_password")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _acting_for(request: HttpRequest, actor: Actor, principal: int) -> Actor:
    """Return the actor on behalf of the person chosen; once that has ended, as themselves."""
    try:
        return on_behalf_of(actor, principal)
    except NoSuchPostError:
        del request.session[BEHALF_KEY]
        return actor


def address_of(request: HttpRequest) -> str:
    """Return the address the request came from, as the nearest proxy or the socket names it."""
    return str(request.META.get("REMOTE_ADDR") or "")

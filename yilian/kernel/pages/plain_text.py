"""Refuses requests with text that PostgreSQL cannot store, before any page sees them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\0"


class PlainText:
    """Middleware: a NUL character in the address, the query or a form is answered with 400 and nothing is saved.

    Browsers send none; the interface for programs refuses them by itself, naming the member.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Look at what the view is about to read; raises BadRequest."""
        if NUL in request.path_info or any(_has_nul(data.lists()) for data in (request.GET, request.POST)):
            raise BadRequest("text with a NUL character")


def _has_nul(lists: Iterable[tuple[str, list[Any]]]) -> bool:
    return any(NUL in text for name, values in lists for text in (name, *map(str, values)))

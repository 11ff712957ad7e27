"""What the frame around every page shows: the person, their post, menu, badges and how they like to read."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.roles import titles_of
from yilian.kernel.pages import menu
from yilian.kernel.pages.alerts import Alert, alerts_for

THEMES = ("auto", "light", "dark")
TYPES = ("normal", "large")
DENSITIES = ("normal", "dense")
MOST_TABS = 3
HERE = ("localhost", "127.0.0.1")


class Frame:
    """The frame of one request; every part is computed only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def theme(self) -> str:
        return self._choice("theme", THEMES)

    @cached_property
    def type(self) -> str:
        return self._choice("type", TYPES)

    @cached_property
    def density(self) -> str:
        return self._choice("density", DENSITIES)

    @cached_property
    def role_titles(self) -> str:
        return _("、").join(titles_of(self.actor.roles)) if self.actor else ""

    @cached_property
    def initial(self) -> str:
        """The first character of the person's name, for the round picture."""
        return str(self.request.user)[:1]

    @cached_property
    def lines(self) -> list[menu.Line]:
        return menu.lines_for(self.actor, self.request.path) if self.actor else []

    @cached_property
    def groups(self) -> list[tuple[str, list[menu.Line]]]:
        return menu.grouped(self.lines)

    @cached_property
    def tabs(self) -> list[menu.Line]:
        """The few lines of the tab bar on phones."""
        return [line for line in self.lines if line.entry.on_phone][:MOST_TABS]

    @cached_property
    def recent(self) -> str:
        """The key under which this tab keeps what was looked at lately: another post sees other cases."""
        return f"recent:{self.actor.post_id}" if self.actor else ""

    @cached_property
    def unread(self) -> int:
        """How many messages this person has not read; capped at 100."""
        return next((line.count for line in self.lines if line.entry.key == "messages"), 0)

    @cached_property
    def principal(self) -> str:
        """On whose behalf the person acts now; empty when they act as themselves."""
        key = self.actor.on_behalf_of_id if self.actor else None
        return str(User.objects.get(pk=key)) if key else ""

    @cached_property
    def alerts(self) -> list[Alert]:
        return alerts_for(self.actor) if self.actor else []

    @cached_property
    def stream(self) -> str:
        """Where this page may open its stream of changes; empty where it can only ask from time to time."""
        if settings.STREAMS_URL or not settings.STREAMS_PORT or self.request.is_secure():
            return settings.STREAMS_URL
        host = self.request.get_host().partition(":")[0]
        return f"http://{host}:{settings.STREAMS_PORT}/streams/" if host in HERE else ""

    @cached_property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    def _choice(self, cookie: str, allowed: tuple[str, ...]) -> str:
        wish = self.request.COOKIES.get(cookie, "")
        return wish if wish in allowed else allowed[0]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: adds `frame`."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}

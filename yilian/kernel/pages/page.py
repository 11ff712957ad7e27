"""What every page shares: a person with a post, a template, and the part of it that htmx asks for."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.platform import keeps_platform, who_keeps_platform
from yilian.kernel.access.roles import mask_of, titles_of


class Page(View):
    """A page behind the login. `part` is the template that htmx gets; `template` includes the same part."""

    template: str | list[str] = ""
    part: str | list[str] = ""
    needs_post = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send strangers to the login and people without a post to the page that says so."""
        if not request.user.is_authenticated:
            answer = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            return HttpResponseClientRedirect(answer.url) if getattr(request, "htmx", False) else answer
        if self.needs_post and self.actor is None:
            return render(request, "pages/no_post.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined]

    def show(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Render the whole page, or only its part when htmx asks for it."""
        wants_part = bool(self.part) and bool(getattr(self.request, "htmx", False))
        return render(self.request, self.part if wants_part else self.template, context, status=status)

    def insist(self, *role_keys: str) -> None:
        """Refuse everyone who holds none of these roles; raises PermissionDenied (403) that names them."""
        if not self.actor.may(*role_keys):
            titles = _("、").join(titles_of(mask_of(role_keys)))
            raise PermissionDenied(_("这里由以下岗位办理：{roles}。").format(roles=titles))

    def insist_on_keeper(self) -> None:
        """Refuse everyone who does not keep the platform; raises PermissionDenied (403) that says who does."""
        if not keeps_platform(self.actor):
            raise PermissionDenied(who_keeps_platform())

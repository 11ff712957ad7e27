"""Pages about oneself: posts and settings of reading."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from yilian.kernel import audit
from yilian.kernel.access.middleware import BEHALF_KEY, SESSION_KEY
from yilian.kernel.access.posts import posts_of
from yilian.kernel.pages.frame import DENSITIES, THEMES, TYPES
from yilian.kernel.pages.page import Page

YEAR = 365 * 24 * 3600


class Posts(Page):
    """The posts one holds today; choosing another one changes what everything shows."""

    template = "pages/posts.html"
    part = "pages/posts_part.html"
    needs_post = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"posts": posts_of(request.user)})  # type: ignore[arg-type]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take up a post; 404 for one that is not held today."""
        chosen = request.POST.get("post", "")
        held = {str(post.pk): post for post in posts_of(request.user)}  # type: ignore[arg-type]
        if chosen not in held:
            raise Http404(chosen)
        request.session[SESSION_KEY] = held[chosen].pk
        request.session.pop(BEHALF_KEY, None)
        audit.record(request.actor, "switched", object_kind="post", object_id=chosen)  # type: ignore[attr-defined]
        messages.success(request, _("已切换到 {post}").format(post=held[chosen]))
        return HttpResponseRedirect("/")


class Me(Page):
    """Who one is here, and how one likes to read: theme, size of type, density of lists."""

    template = "pages/me.html"
    needs_post = False
    choices = {"theme": THEMES, "type": TYPES, "density": DENSITIES}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"posts": posts_of(request.user), "sections": self.sections()})  # type: ignore[arg-type]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choices in cookies: they belong to the screen, not to the person."""
        answer = HttpResponseRedirect("/me/")
        for name, allowed in self.choices.items():
            wish = request.POST.get(name, "")
            if wish in allowed:
                answer.set_cookie(name, wish, max_age=YEAR, samesite="Lax")
        messages.success(request, _("阅读设置已保存"))
        return answer

    def sections(self) -> list[dict[str, Any]]:
        """Return the questions with their choices."""
        return [
            {
                "name": "theme",
                "title": _("主题"),
                "choices": [("auto", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色"))],
            },
            {"name": "type", "title": _("字号"), "choices": [("normal", _("标准")), ("large", _("长者版（大字）"))]},
            {"name": "density", "title": _("列表行距"), "choices": [("normal", _("标准")), ("dense", _("紧凑"))]},
        ]

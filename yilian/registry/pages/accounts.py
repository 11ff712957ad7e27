"""账号与岗位: the accounts of one's institution, and one of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import audit, clock
from yilian.kernel.access import substituting
from yilian.kernel.access.models import Post, User
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column
from yilian.registry.accounts import listing
from yilian.registry.accounts.keeping import KEEPER, accounts_of, insist_keeper, is_used_elsewhere
from yilian.registry.accounts.listing import ENDED, INITIAL, LATEST, LOCKED, NAME, PAGE, USERNAME, WORKING, Wish
from yilian.registry.accounts.posting import roles_granted_at
from yilian.registry.models import Practitioner

STANDINGS = (
    (WORKING, gettext_lazy("在岗")),
    (INITIAL, gettext_lazy("未改初始密码")),
    (LOCKED, gettext_lazy("已锁定")),
    (ENDED, gettext_lazy("岗位已结束")),
)
SORTS = ((NAME, gettext_lazy("姓名")), (USERNAME, gettext_lazy("用户名")), (LATEST, gettext_lazy("最近登录")))


@dataclass(frozen=True)
class Line:
    """One account as the list shows it."""

    account: User
    posts: list[str]
    state: str
    tone: str

    @property
    def cells(self) -> list[str]:
        """The line as the workbook writes it."""
        account = self.account
        seen = clock.local(account.last_login).strftime("%Y-%m-%d %H:%M") if account.last_login else ""
        return [account.full_name, account.username, _("、").join(self.posts), self.state, account.phone, account.email,
                seen]  # fmt: skip


def line_of(account: User) -> Line:
    """Return the line of an account whose posts here have been read."""
    today = clock.today()
    state, tone = listing.state_of(account, today)
    return Line(account, [post_words(post) for post in listing.open_posts(account, today)], _title(state), tone)


def post_words(post: Post) -> str:
    """Return a post as people name it: the role, and the consortium it is for."""
    return f"{post.role_title}（{post.consortium}）" if post.consortium_id else post.role_title


def _title(state: str) -> str:
    return str(dict(STANDINGS)[state])


class OfAccounts(Page):
    """Anything about accounts: for the administrators of the institution, each as themselves."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            self.request = request
            self.insist(KEEPER)
            try:
                insist_keeper(self.actor)
            except ValidationError as refused:
                raise PermissionDenied(refused.messages[0]) from None
        return super().dispatch(request, *args, **kwargs)


class List(OfAccounts):
    """`/people/`: everybody with a post here, now, before or later."""

    template = "registry/accounts.html"
    part = "registry/accounts_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        wish, after = Wish.read(request.GET), request.GET.get("after", "")
        place = int(after) if after.isdecimal() and len(after) < 10 else None
        rows = listing.accounts(self.actor.institution_id, wish, after=place, limit=PAGE + 1)
        shown = [line_of(account) for account in rows[:PAGE]]
        context = {
            "lines": shown,
            "wish": wish,
            "asked": urlencode(wish.as_detail() | {"q": wish.words}),
            "roles": roles_granted_at(self.actor.institution_id),
            "standings": STANDINGS,
            "sorts": SORTS,
            "is_first": place is None,
            "next": shown[-1].account.pk if len(rows) > PAGE else None,
        }
        return self.show(context)


class Export(OfAccounts):
    """`/people/export.xlsx`: what was narrowed, at most 10,000 accounts. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wish = Wish.read(request.GET)
        rows = listing.accounts(self.actor.institution_id, wish, limit=listing.MOST_ROWS)
        audit.record(self.actor, "exported", object_kind="user", detail={"rows": len(rows), "query": wish.as_detail()})
        titles = (_("姓名"), _("用户名"), _("岗位"), _("状态"), _("手机"), _("电子邮箱"), _("最近登录"))
        columns = [Column(str(place), title) for place, title in enumerate(titles)]
        answer = HttpResponse(
            workbook(_("账号与岗位"), columns, (line_of(row).cells for row in rows)), content_type=TYPE
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="people-{clock.today():%Y%m%d}.xlsx"'
        return answer


class OfAccount(OfAccounts):
    """Anything about one account of one's institution; an account of others is not there."""

    @cached_property
    def account(self) -> User:
        found = accounts_of(self.actor.institution_id).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    @property
    def address(self) -> str:
        return f"/people/{self.account.pk}/"


class Detail(OfAccount):
    """`/people/<pk>/`."""

    template = "registry/account.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        here = self.account.posts.filter(institution_id=self.actor.institution_id).select_related("consortium")
        posts = list(here.order_by("-since_on", "-pk"))
        self.account.posts_here = posts  # type: ignore[attr-defined]
        today = clock.today()
        at = substituting.deputyships_at(self.actor.institution_id)
        context = {
            "row": self.account,
            "line": line_of(self.account),
            "practitioner": Practitioner.objects.filter(user=self.account, institution_id=self.actor.institution_id)
            .select_related("department")
            .first(),
            "posts": [(post, post_words(post), _phase(post)) for post in posts],
            "given": at.filter(principal_id=self.account.pk).select_related("deputy", "named_by"),
            "held": at.filter(deputy_id=self.account.pk).select_related("principal"),
            "is_used_elsewhere": is_used_elsewhere(self.account, self.actor.institution_id),
            "is_oneself": self.account.pk == self.actor.user_id,
            "has_colleagues": substituting.people_at(self.actor.institution_id).exclude(pk=self.account.pk).exists(),
            "today": today,
        }
        return self.show(context)


def _phase(post: Post) -> str:
    """Return where a post stands today: ended, to begin (today or later), or in force."""
    today = clock.today()
    if post.until_on is not None and post.until_on < today:
        return "ended"
    return "fresh" if post.since_on >= today else "held"

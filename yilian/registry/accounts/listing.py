"""The accounts of an institution as a list: searched, narrowed, ordered, page by page."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from django.db.models import DateTimeField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from yilian.kernel import clock
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.roles import roles
from yilian.registry.accounts.keeping import accounts_of, unended
from yilian.registry.models.region import FIRST_AFTER

PAGE = 30
MOST_ROWS = 10_000
NAME, USERNAME, LATEST = "name", "username", "login"
ORDERS = {NAME: ("initials", "pk"), USERNAME: ("username", "pk"), LATEST: ("-seen_at", "-pk")}
"""How the list may be ordered, by what an address calls it."""
WORKING, ENDED, LOCKED, INITIAL = "working", "ended", "locked", "initial"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wish:
    """What the reader narrows the list to; empty means all. Words that mean nothing are ignored."""

    words: str = ""
    role: str = ""
    standing: str = ""
    sort: str = NAME

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Wish":
        """Read the query bar."""
        role, standing, sort = (data.get(name, "") for name in ("role", "standing", "sort"))
        return cls(
            data.get("q", "").replace("\0", "").strip()[:60],
            role if role in roles else "",
            standing if standing in (WORKING, ENDED, LOCKED, INITIAL) else "",
            sort if sort in ORDERS else NAME,
        )

    def as_detail(self) -> dict[str, str]:
        """Return what was asked, for the record of an export."""
        return {name: value for name, value in asdict(self).items() if value}


def accounts(institution_id: int, wish: Wish, *, after: int | None = None, limit: int = PAGE) -> list[User]:
    """Return accounts with a post here, each with `posts_here`, all its posts at this institution.

    `after` is the key of the last account of the page before.
    """
    rows: QuerySet[User] = accounts_of(institution_id).annotate(
        seen_at=Coalesce("last_login", Value(LONG_AGO), output_field=DateTimeField())
    )
    rows = _standing(_held(_searched(rows, wish.words), institution_id, wish), institution_id, wish.standing)
    if after is not None:
        rows = _beyond(rows, wish.sort, after)
    here = Post.objects.filter(institution_id=institution_id).select_related("consortium").order_by("since_on", "pk")
    return list(
        rows.prefetch_related(Prefetch("posts", here, to_attr="posts_here")).order_by(*ORDERS[wish.sort])[:limit]
    )


def open_posts(account: User, on: date) -> list[Post]:
    """Return of an account's `posts_here` those held on this day."""
    posts: list[Post] = account.posts_here  # type: ignore[attr-defined]
    return [post for post in posts if post.since_on <= on and (post.until_on is None or post.until_on >= on)]


def _searched(rows: QuerySet[User], words: str) -> QuerySet[User]:
    if not words:
        return rows
    latin = words.lower().replace(" ", "")
    found = Q(full_name__contains=words) | Q(username__istartswith=words)
    if words.isascii():
        found |= Q(initials__gte=latin, initials__lt=latin + FIRST_AFTER)
    return rows.filter(found)


def _held(rows: QuerySet[User], institution_id: int, wish: Wish) -> QuerySet[User]:
    """Narrow to those who hold a role here today; of those whose posts have ended, to those who held it."""
    if not wish.role:
        return rows
    posts = Post.objects.filter(institution_id=institution_id, role=wish.role)
    posts = posts if wish.standing == ENDED else posts.current(clock.today())
    return rows.filter(pk__in=posts.values("user_id"))


def _standing(rows: QuerySet[User], institution_id: int, standing: str) -> QuerySet[User]:
    here = Post.objects.filter(institution_id=institution_id)
    if standing == WORKING:
        return rows.filter(is_active=True, pk__in=here.current(clock.today()).values("user_id"))
    if standing == ENDED:
        return rows.exclude(pk__in=here.filter(unended(clock.today())).values("user_id"))
    if standing == LOCKED:
        return rows.filter(is_active=False)
    return rows.filter(must_change_password=True) if standing == INITIAL else rows


def _beyond(rows: QuerySet[User], sort: str, after: int) -> QuerySet[User]:
    """Keep what comes after an account in this order; all of it when that account is not in the list."""
    name = ORDERS[sort][0].lstrip("-")
    anchor = rows.filter(pk=after).values_list(name, flat=True).first()
    if anchor is None:
        return rows
    sign = "lt" if ORDERS[sort][0].startswith("-") else "gt"
    same = Q(**{name: anchor}) & Q(**{f"pk__{sign}": after})
    return rows.filter(Q(**{f"{name}__{sign}": anchor}) | same)


def state_of(account: User, on: date) -> tuple[str, str]:
    """Return which of the standings an account has, and the tone of its tag."""
    if not account.is_active:
        return LOCKED, "danger"
    if not open_posts(account, on):
        return ENDED, "default"
    return (INITIAL, "warning") if account.must_change_password else (WORKING, "success")

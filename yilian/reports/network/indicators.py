"""The numbers about taking part: who never logged in or did lately, what an institution has done and left undone."""

from datetime import timedelta

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.access.models import Post
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.kernel.registries.keys import bounds
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case, Happening
from yilian.registry.consortia import at_members
from yilian.reports.network.overseen import CONDITION
from yilian.reports.network.parameters import SILENT_DAYS

LOOKED_BACK = timedelta(days=366)
"""Cases opened longer before the period are not looked for: the history lies in the order of its cases."""
DECISION = Decision(
    "docs/adr/0152-the-running-of-the-network-is-read-through-indicators.md", reason=_("看得见谁在用、谁没有用")
)


def _posts(extent: Extent) -> QuerySet[Post]:
    """Return one current post for each active person at each institution that the scope looks after."""
    rows = Post.objects.current(clock.today()).filter(user__is_active=True, institution__in=CONDITION)
    first = rows.order_by("institution_id", "user_id", "pk").distinct("institution_id", "user_id").values("pk")
    return at_members(Post.objects.filter(pk__in=first), extent, clock.today())


@indicator(
    "network.never_logged_in", _("从未登录的人员占比"), "%", "down", DECISION,
    part_says=_("从未登录过的"), whole_says=_("此刻有岗位的人员"), is_momentary=True,
)  # fmt: skip
def never_logged_in(extent: Extent) -> Share:
    """People with a post who have never logged in, of all people with a post."""
    whole = _posts(extent)
    return Share(whole.filter(user__last_login__isnull=True), whole)


@indicator(
    "network.logged_in_lately", _("近期登录的人员占比"), "%", "up", DECISION,
    part_says=_("在“视为离线”的天数内登录过的"), whole_says=_("此刻有岗位的人员"), is_momentary=True,
)  # fmt: skip
def logged_in_lately(extent: Extent) -> Share:
    """People with a post who logged in within the days after which a member counts as silent, of all with one."""
    whole = _posts(extent)
    since = clock.now() - timedelta(days=int(value_of(SILENT_DAYS)))
    return Share(whole.filter(user__last_login__gte=since), whole)


@indicator(
    "network.steps", _("办理次数"), _("次"), "up", DECISION, part_says=_("期内由人办理的步骤"),
)  # fmt: skip
def steps(extent: Extent) -> Amount:
    """Steps that people of the institution took in the period, on cases opened in it or within the year before."""
    period = extent.period
    oldest, youngest = bounds(period.start_at - LOOKED_BACK, period.end_at)
    rows = Happening.objects.filter(
        actor_id__isnull=False, at__gte=period.start_at, at__lt=period.end_at, case_id__gte=oldest, case_id__lt=youngest
    )
    return Amount(extent.narrow(rows, "institution_id", consortium="case__consortium_id"))


@indicator(
    "network.not_acted_on", _("逾期无人办理"), _("件"), "down", DECISION,
    part_says=_("此刻轮到该机构办理、时限已过的单据，轮到两家的各计一件"), is_momentary=True,
)  # fmt: skip
def not_acted_on(extent: Extent) -> Amount:
    """Cases of any kind whose time is over, once for each institution whose turn it is."""
    waiting = FilteredRelation("participations", condition=Q(participations__turn__gt=0))
    rows = Case.objects.annotate(waiting=waiting).filter(open=True, due__lt=clock.now(), waiting__turn__gt=0)
    return Amount(extent.narrow(rows.annotate(waits_for=F("waiting__institution__name")), "waiting__institution_id"))

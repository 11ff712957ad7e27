"""The tables of the page: each figure through an indicator, measured once for all members or services."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from yilian.domains.capacity.api import names_of
from yilian.domains.support.api import cut_off
from yilian.kernel import clock
from yilian.kernel.access.models import Post
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.grouping import evaluate_each
from yilian.kernel.registries.keys import bounds
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Happening
from yilian.registry.models import Institution
from yilian.reports.network.indicators import LOOKED_BACK
from yilian.reports.network.parameters import SILENT_DAYS

TAKING_PART: tuple[tuple[str, str], ...] = (
    ("network.logged_in_lately", "institution_id"),
    ("network.never_logged_in", "institution_id"),
    ("network.steps", "institution_id"),
    ("referral.unanswered_late", "receiver_id"),
    ("network.not_acted_on", "waiting__institution_id"),
    ("capacity.figures_out_of_date", "institution_id"),
)
"""Indicators about taking part, and the column that names the institution."""
HOPS = ("seen", "accepted", "arrived", "answered")
QUALITY: tuple[tuple[str, str], ...] = (
    ("referral.refusals", "institution_id"),
    ("referral.wrong_department", "institution_id"),
)
SERVICE = "chosen_service__service_id"
REASON = "answers__decline_reason__label"


@dataclass(frozen=True)
class Extent:
    """What the page is about: a consortium, its members that the reader looks after, and a period."""

    consortium_id: int
    places: tuple[Institution, ...]
    period: Period


@dataclass(frozen=True)
class Line:
    """An institution (or service, or reason) with its values by indicator; `why` says why a member counts as silent."""

    key: Any
    title: str
    values: Mapping[str, Value | None]
    why: tuple[str, ...] = ()
    last_login: datetime | None = None
    last_step: datetime | None = None


def taking_part(extent: Extent) -> list[Line]:
    """Return each member with how it takes part, the silent ones first."""
    columns = _each(extent, TAKING_PART)
    logins, acts = _last(extent)
    calls = cut_off(place.pk for place in extent.places)
    days = int(value_of(SILENT_DAYS, consortium_id=extent.consortium_id))
    since = clock.now() - timedelta(days=days)
    lines = []
    for place in extent.places:
        values = {key: found.get(place.pk) for key, found in columns.items()}
        login, act = logins.get(place.pk), acts.get(place.pk)
        called = (_("已报障，平台不能用：{number}").format(number=calls[place.pk]),) if place.pk in calls else ()
        why = (*called, *_why(login, act, values, since, days))
        lines.append(Line(place.pk, place.name, values, why, login, act))
    return sorted(lines, key=lambda line: (-len(line.why), line.title))


def _why(
    login: datetime | None, act: datetime | None, values: Mapping[str, Value | None], since: datetime, days: int
) -> tuple[str, ...]:
    """Return in words why a member counts as silent; nothing for one that is at work."""
    said = []
    people, stale = values["network.never_logged_in"], values["capacity.figures_out_of_date"]
    if people is None:
        said.append(_("没有开通账号"))
    elif login is None:
        said.append(_("从未有人登录"))
    elif login < since:
        said.append(_("{days} 天内无人登录").format(days=days))
    if act is None or act < since:
        said.append(_("{days} 天内没有办理").format(days=days))
    if stale is not None and stale.value == 100:
        said.append(_("资源数全部过时"))
    return tuple(said)


def hops(extent: Extent) -> list[Line]:
    """Return each member with the median and the ninth decile of every hop, and what it refuses."""
    wanted = [(f"referral.hours_to_{hop}{end}", "receiver_id") for hop in HOPS for end in ("", "_most")]
    columns = _each(extent, [*wanted, *QUALITY])
    return [
        Line(place.pk, place.name, {key: found.get(place.pk) for key, found in columns.items()})
        for place in extent.places
        if any(found[place.pk].value for found in columns.values() if place.pk in found)
    ]


def hops_of_services(extent: Extent) -> list[Line]:
    """Return each service that referrals asked for at these members, with every hop and what was refused."""
    keys = [*(f"referral.hours_to_{hop}{end}" for hop in HOPS for end in ("", "_most")), *(key for key, _at in QUALITY)]
    columns = {
        key: evaluate_each(key, service_of(key), period=extent.period, consortium_id=extent.consortium_id)
        for key in keys
    }  # fmt: skip
    places = {place.pk: place.name for place in extent.places}
    asked = {service for found in columns.values() for service in found if service}
    return [
        Line((place, service), f"{places[place]} {name}", {key: columns[key].get(service) for key in keys})
        for service, (place, name) in names_of(asked).items()
        if place in places
    ]


def service_of(key: str) -> str:
    """Return the column of an indicator's rows that names the service a referral asked for."""
    return f"case__{SERVICE}" if key in dict(QUALITY) else SERVICE


def reasons(extent: Extent) -> list[Line]:
    """Return each reason for refusing with how often it was given, the commonest first."""
    found = evaluate_each("referral.refusals", REASON, period=extent.period, consortium_id=extent.consortium_id)
    lines = [Line(key, str(key or _("未填原因")), {"referral.refusals": value}) for key, value in found.items()]
    return sorted(lines, key=lambda line: (-_number(line), line.title))


def _number(line: Line) -> Any:
    value = line.values["referral.refusals"]
    return value.value if value is not None and value.value is not None else 0


def _each(extent: Extent, wanted: Iterable[tuple[str, str]]) -> dict[str, dict[Any, Value]]:
    return {
        key: evaluate_each(
            key, column, period=extent.period, consortium_id=extent.consortium_id,
            groups=[place.pk for place in extent.places],
        )
        for key, column in wanted
    }  # fmt: skip


def _last(extent: Extent) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """Return when somebody of each member last logged in, and last took a step that the reader sees, within a year."""
    keys = [place.pk for place in extent.places]
    posts = Post.objects.current(clock.today()).filter(institution__in=keys, user__last_login__isnull=False)
    logins = dict(posts.order_by().values_list("institution_id").annotate(at=Max("user__last_login")))
    oldest = bounds(clock.now() - LOOKED_BACK, clock.now())[0]
    acts = Happening.objects.filter(institution_id__in=keys, actor_id__isnull=False, case_id__gte=oldest)
    return logins, dict(acts.order_by().values_list("institution_id").annotate(at=Max("at")))

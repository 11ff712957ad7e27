"""What a list may be narrowed by: query parameters, declared once for reading them and for the OpenAPI document."""

from datetime import datetime, time
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yilian.kernel.api.problems import refuse
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.queries import WALK, Filter

LIMIT = Ask("limit", _("每页条数"), "int", required=False, minimum=1, maximum=100, initial=20)


@cache
def list_asks(kind: str) -> tuple[Ask, ...]:
    """Return the query parameters of the list of a case type."""
    case_type = case_types[kind]
    states = tuple((str(state), title) for state, (title, _tone) in case_type.states.items())
    sides = tuple((side.key, side.title) for side in case_type.sides)
    text = _("科室的编号；在最近 {count} 件中查找").format(count=WALK)
    departments = (Ask("department", _("科室"), "int", required=False, minimum=1, help=text),)
    return (
        Ask("state", _("状态"), "choices", required=False, choices=states),
        Ask("open", _("未办结"), "bool", required=False),
        Ask("priority", _("紧急程度"), "int", required=False, minimum=1, maximum=9),
        Ask("side", _("本机构的身份"), "choice", required=False, choices=sides),
        Ask("patient", _("患者"), required=False, help=_("患者的编号（UUID）")),
        Ask("number", _("编号"), required=False, max_length=24, help=_("编号的开头几位")),
        *(departments if case_type.departments else ()),
        Ask("since", _("自"), "date", required=False, help=_("在这一天或之后发起")),
        Ask("until", _("至"), "date", required=False, help=_("在这一天或之前发起")),
        Ask("before", _("早于"), required=False, help=_("上一页最后一条的 id；next 已为您填好")),
        Ask("after", _("晚于"), required=False, help=_("已取到的最新一条的 id，用于取新增的事项")),
        LIMIT,
    )


def filter_of(case_type: CaseType, given: Answers) -> Filter:
    """Return the filter that the checked parameters mean; one row more than asked, to know whether more follow.

    Raises ApiProblem (422) for a key that is no UUID.
    """
    side = given.get("side")
    return Filter(
        states=tuple(given.get("state") or ()),
        is_open=given.get("open"),
        priority=given.get("priority"),
        side=case_type.side(side).code if side else None,
        patient_id=key_in(given, "patient"),
        number=given.get("number") or "",
        department_id=given.get("department"),
        since=_midnight(given.get("since"), time.min),
        until=_midnight(given.get("until"), time.max),
        before=key_in(given, "before"),
        after=key_in(given, "after"),
        limit=(given.get("limit") or LIMIT.initial) + 1,
    )


def key_in(given: Answers, name: str) -> UUID | None:
    """Return a parameter as a UUID, None without it; raises ApiProblem (422) for anything else."""
    text = given.get(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise refuse("invalid", gettext("参数 {name} 应为 UUID").format(name=name), field=name) from None


def address(request: HttpRequest, **changed: str) -> str:
    """Return the address of this request with some parameters changed."""
    kept = [(name, value) for name, values in request.GET.lists() if name not in changed for value in values]
    return f"{request.path}?{urlencode([*kept, *changed.items()])}"


def _midnight(day: Any, clock_time: time) -> datetime | None:
    """Return the first or last moment of a day; keys of cases know no time before 1970."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(max(day, datetime(1970, 1, 2).date()), clock_time))

"""Reporting care data in the JSON interface: many rows in one call, judged by the worker, asked for afterwards."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.encounter.columns import FACTS
from yilian.domains.encounter.models import Feed, Source
from yilian.domains.encounter.returning import rows_of_rejected
from yilian.domains.encounter.rules import checks_of
from yilian.domains.encounter.star import REPORTERS
from yilian.domains.encounter.taking_in import CONTEXT, READERS, take_in
from yilian.kernel.api.body import Part, members, query
from yilian.kernel.api.document.components import NUMBER, TEXT, TEXT_OR_NOTHING, record, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.sealing import unseal_bytes
from yilian.kernel.workflow.flow import Ask

router = Router()
MOST, MOST_RETURNED = 5000, 500
AFTER = (Ask("after", _("从第几行之后"), "int", required=False, minimum=0, maximum=10**6),)
CALL = (Part("fact", str, 40), Part("rows", list), Part("is_dry", bool))


@router.post("", openapi_extra=described(
    _("报送诊疗数据"), tag="feeds", answer="Feed", status=202, body="NewFeed",
    problems=("not-yours", "invalid", "too-large", "unsupported-media-type"),
))  # fmt: skip
def report(request: ApiRequest) -> HttpResponse:
    """Put rows of one's own institution in the queue; the same source_key again corrects the row.

    The cells are those of the files, by their names for programs; numbers and booleans may be sent as such.
    """
    if not request.actor.may(*REPORTERS):
        raise refuse("not-yours", gettext("您的岗位不报送诊疗数据。请切换岗位或联系本机构管理员。"))
    given = members(request, CALL)
    fact = given.get("fact", "")
    if fact not in FACTS:
        known = gettext("、").join(FACTS)
        raise refuse("invalid", gettext("fact 应为其中之一：{known}").format(known=known), field="fact")
    rows = given.get("rows") or []
    if not rows or len(rows) > MOST or not all(_is_plain(row) for row in rows):
        text = gettext("rows 应有 1 至 {most} 个对象，各值为文本、数字或布尔值")
        raise refuse("invalid", text.format(most=MOST), field="rows")
    feed = take_in(fact, by=request.actor, content=orjson.dumps(rows), is_dry=bool(given.get("is_dry")), way=Source.API)
    return reply(shape(feed), status=202)


def _is_plain(row: Any) -> bool:
    return isinstance(row, dict) and not any(isinstance(value, dict | list) for value in row.values())


@router.get("/{uuid:feed_id}", openapi_extra=described(
    _("一次报送的结果"), tag="feeds", answer="Feed", problems=("not-yours", "not-found"),
))  # fmt: skip
def look(request: ApiRequest, feed_id: UUID) -> HttpResponse:
    """Return what came of a report of one's own institution."""
    if not request.actor.may(*READERS):
        raise refuse("not-yours", gettext("您的岗位不查看诊疗数据的报送。请切换岗位或联系本机构管理员。"))
    found = Feed.objects.defer("source", "rejected").filter(pk=feed_id).first()
    if found is None:
        raise not_found()
    return reply(shape(found))


@router.get("/{uuid:feed_id}/rejected", openapi_extra=described(
    _("一次报送中退回的行"), tag="feeds", answer="RejectedRows", query=AFTER,
    problems=("not-yours", "not-found", "invalid"),
))  # fmt: skip
def look_rejected(request: ApiRequest, feed_id: UUID) -> HttpResponse:
    """Return rows that were not taken in with their reasons, 500 at a time, as long as they are kept: seven days.

    `line` counts the rows of a call from 1; of a file it is the line of the file.
    """
    if not request.actor.may(*REPORTERS):
        raise refuse("not-yours", gettext("您的岗位不报送诊疗数据。请切换岗位或联系本机构管理员。"))
    start = query(request, AFTER, request.actor).get("after") or 0
    found = Feed.objects.defer("source").filter(pk=feed_id).first()
    if found is None:
        raise not_found()
    rows: list[dict[str, Any]] = []
    if found.rejected is not None:
        rows = rows_of_rejected(found.fact, unseal_bytes(found.rejected, context=CONTEXT), start, MOST_RETURNED + 1)
    more = start + MOST_RETURNED if len(rows) > MOST_RETURNED else None
    return reply({"rejected": found.rejected_count, "rows": rows[:MOST_RETURNED], "next": more})


def shape(feed: Feed) -> dict[str, Any]:
    """Return a report as the interface shows it."""
    known = {check.key: check for check in checks_of(feed.fact)}
    faults = [
        {"rule": key, "sentence": known[key].sentence, "rejects": known[key].rejects, "rows": count}
        for key, count in feed.broken.items()
        if key in known
    ]
    return {
        "id": str(feed.pk), "fact": feed.fact, "state": str(feed.state), "is_dry": feed.is_dry,
        "received": feed.received, "taken": feed.taken, "rejected": feed.rejected_count,
        "months": feed.months, "message": feed.message or None, "faults": faults,
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    yes = {"type": "boolean"}
    fault = record(rule=TEXT, sentence=TEXT, rejects=yes, rows=NUMBER)
    return {
        "Feed": record(
            id=TEXT, fact=TEXT, state=TEXT, is_dry=yes, received=NUMBER, taken=NUMBER, rejected=NUMBER,
            months=several(NUMBER), message={"type": ["string", "null"]}, faults=several(fault),
        ),
        "RejectedRows": record(
            rejected=NUMBER, next={"type": ["integer", "null"]},
            rows=several(record(line={"type": ["integer", "null"]}, source_key=TEXT_OR_NOTHING, reasons=several(TEXT))),
        ),
        "NewFeed": {
            "type": "object", "additionalProperties": False, "required": ["fact", "rows"],
            "properties": {"fact": {"enum": list(FACTS)}, "rows": several({"type": "object"}), "is_dry": yes},
        },
    }  # fmt: skip


api_parts.add(ApiPart("feeds", _("数据报送"), router, _schemas))

"""What happened to a case, what is said on it, and which cases belong to it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import audit
from yilian.kernel.api.body import Part, idempotency_key, members, query
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.narrowing import address
from yilian.kernel.api.once import once
from yilian.kernel.api.operations.cases import known
from yilian.kernel.api.operations.steps import visible
from yilian.kernel.api.reply import reply
from yilian.kernel.api.shapes import brief
from yilian.kernel.workflow.chain import verify
from yilian.kernel.workflow.concealing import readable
from yilian.kernel.workflow.conversation import linked, mark_seen, post_message
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.models import Case, CaseMessage, CaseMessageSeen, Happening

router = Router()
PAGE = 100
AFTER = (Ask("after", _("晚于"), "int", required=False, minimum=0, maximum=2**53, help=_("上一页最后一条的序号")),)
MESSAGE = (Part("text", str, 4000), Part("awaits_reply", bool))


@router.get("/{kind}/{uuid:case_id}/history", include_in_schema=False)
def history(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return the lines of the history in order, each with the seal over itself and the line before."""
    case_type = known(kind)
    case = visible(case_type, case_id)
    after = query(request, AFTER, request.actor).get("after") or 0
    lines = list(case.history.filter(seq__gt=after).order_by("seq")[: PAGE + 1])
    audit.record(request.actor, "viewed", object_kind=kind, object_id=case_id, ground="history")
    shown = {
        "items": [_line(case, line) for line in readable(case, lines[:PAGE])],
        "next": _next(request, lines, "seq"),
        "digest": case.digest,
        "is_whole": verify(case) is None,
    }
    return reply(shown)


@router.get("/{kind}/{uuid:case_id}/messages", include_in_schema=False)
def messages(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return what was said on a case, oldest first, and who has read it."""
    case = visible(known(kind), case_id)
    after = query(request, AFTER, request.actor).get("after") or 0
    found = list(case.messages.filter(pk__gt=after).prefetch_related("receipts")[: PAGE + 1])
    return reply({"items": [_message(item) for item in found[:PAGE]], "next": _next(request, found, "pk")})


@router.post("/{kind}/{uuid:case_id}/messages", include_in_schema=False)
def say(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Say something on a case."""
    given = members(request, MESSAGE)
    text, awaits_reply = given.get("text", ""), given.get("awaits_reply", False)
    case = visible(known(kind), case_id)
    said: list[CaseMessage] = []

    def write() -> Case:
        said.append(post_message(case, text, by=request.actor, awaits_reply=awaits_reply))
        return case

    _case, replayed = once(request, idempotency_key(request), write)
    message = said[0] if said else _said_before(case, text, request)
    return reply(_message(message), status=201, headers=replayed)


@router.post("/{kind}/{uuid:case_id}/messages/seen", include_in_schema=False)
def seen(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Note that this person has read every message so far."""
    members(request, ())
    return reply({"new": mark_seen(visible(known(kind), case_id), by=request.actor)})


@router.get("/{kind}/{uuid:case_id}/links", include_in_schema=False)
def links(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return the cases that belong to this one, as far as the reader takes part in them."""
    found = linked(visible(known(kind), case_id))
    return reply({"items": [{"relation": relation, "case": brief(other)} for relation, other in found]})


def _said_before(case: Case, text: str, request: ApiRequest) -> CaseMessage:
    own = case.messages.filter(author_id=request.actor.user_id, text=text.strip())
    return own.latest("pk")


def _line(case: Case, line: Happening) -> dict[str, Any]:
    case_type = case.case_type
    return {
        "seq": line.seq,
        "at": line.at,
        "verb": line.verb,
        "title": case_type.step_title(line.verb),
        "state_from": line.state_from,
        "state_to": line.state_to,
        "actor": {"id": line.actor_id, "name": line.actor_name, "on_behalf_of": line.on_behalf_of_id},
        "institution": {"id": line.institution_id, "name": line.institution_name},
        "note": line.note,
        "answers": line.answers,
        "digest": line.digest,
    }


def _message(message: CaseMessage) -> dict[str, Any]:
    return {
        "id": message.pk,
        "at": message.at,
        "author": {"id": message.author_id, "name": message.author_name},
        "institution": {"id": message.institution_id, "name": message.institution_name},
        "text": message.text,
        "awaits_reply": message.awaits_reply,
        "answered_at": message.answered_at,
        "seen": [_receipt(receipt) for receipt in message.receipts.all()],
    }


def _receipt(receipt: CaseMessageSeen) -> dict[str, Any]:
    return {"name": receipt.user_name, "institution": receipt.institution_name, "at": receipt.at}


def _next(request: ApiRequest, found: list[Any], key: str) -> str | None:
    return address(request, after=str(getattr(found[PAGE - 1], key))) if len(found) > PAGE else None

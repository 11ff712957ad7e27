"""Bodies in the JSON interface: the chart of a consortium with who sits there; contacts for its members."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.governance.bodies.chart import Card, chart
from yilian.kernel import clock
from yilian.kernel.api.document.components import NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.registry.models import Consortium

router = Router()


@router.get("/{int:consortium_number}", openapi_extra=described(
    _("医联体的机构与席位"), tag="bodies", answer="Bodies", problems=("not-found",),
))  # fmt: skip
def bodies(request: ApiRequest, consortium_number: int) -> HttpResponse:
    """Return the bodies of a consortium today with their seats, those on record elsewhere and those missing too."""
    consortium = Consortium.objects.filter(pk=consortium_number).first()
    if consortium is None:
        raise not_found()
    tiers = chart(consortium, clock.today())
    return reply({"items": [_body(card) for tier in tiers for card in tier.cards]})


def _body(card: Card) -> dict[str, Any]:
    seats = [
        {
            "position": line.seat.position, "title": line.title, "name": line.seat.name,
            "institution": line.seat.institution_id, "organisation": line.seat.organisation,
            "since_on": line.seat.since_on, "term_until": line.seat.term_until, "is_lapsed": line.is_lapsed,
        }
        for line in card.lines
    ]  # fmt: skip
    return {
        "kind": str(card.kind.kind), "name": card.title, "duties": str(card.kind.duties),
        "citations": [str(cite) for cite in card.kind.cites], "is_missing": card.is_missing, "seats": seats,
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    day = {"type": ["string", "null"], "format": "date"}
    number = {**NUMBER, "type": ["integer", "null"]}
    truth = {"type": "boolean"}
    seat = record(position=TEXT, title=TEXT, name=TEXT, institution=number, organisation=TEXT, since_on=day,
                  term_until=day, is_lapsed=truth)  # fmt: skip
    body = record(kind=TEXT, name=TEXT, duties=TEXT, citations=several(TEXT), is_missing=truth,
                  seats=several(ref("BodySeat")))  # fmt: skip
    return {"BodySeat": seat, "Body": body, "Bodies": record(items=several(ref("Body")))}


api_parts.add(ApiPart("bodies", _("机构与席位"), router, _schemas))

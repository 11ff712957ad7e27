"""Seats of a council as they are written into forms: {position, name, institution}."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.flow import Ask

CHAIR, VICE, MEMBER = "chair", "vice", "member"
POSITIONS = ((CHAIR, _("理事长")), (VICE, _("副理事长")), (MEMBER, _("理事")))

Seat = Mapping[str, Any]


def seats_ask(*, required: bool) -> Ask:
    """Return the question that lists the seats of a council."""
    return Ask(
        "seats",
        _("理事会组成"),
        "rows",
        required=required,
        section=_("理事会"),
        help=_("每届 4 年，设理事长 1 名、副理事长若干名"),
        asks=(
            Ask("position", _("职务"), "choice", choices=POSITIONS),
            Ask("name", _("姓名"), max_length=30),
            Ask("institution", _("所在单位"), "institution", required=False),
        ),
    )


def named(seats: Iterable[Seat], position: str) -> list[str]:
    """Return the names of those who hold a position."""
    return [str(seat.get("name", "")) for seat in seats if seat.get("position") == position]

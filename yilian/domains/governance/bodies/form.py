"""The questions about seats, shared by the founding of a body and by appointments."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models.body import Position
from yilian.kernel.workflow.flow import Ask

MOST_VOTES = 100


def seats_ask(*, when: str = "") -> Ask:
    """Return the table of seats."""
    return Ask(
        "seats", _("席位"), "rows", required=not when, when=when, section=_("席位"),
        help=_("成员单位人员从名册选择；企业、科研机构等外部人员填写姓名和单位"),
        asks=(
            Ask("position", _("职务"), "choice", choices=tuple(Position.choices)),
            Ask("person", _("成员单位人员"), "pick", required=False, source="seat-person", beside=("consortium",)),
            Ask("name", _("外部人员姓名"), required=False, max_length=60),
            Ask("organisation", _("企业或科研机构"), required=False, max_length=80),
            Ask("office", _("行政职务"), required=False, max_length=60),
            Ask("substitute", _("替补人"), required=False, max_length=60),
            Ask("votes", _("票数"), "int", required=False, minimum=1, maximum=MOST_VOTES, initial=1),
        ),
    )  # fmt: skip

"""What consortia owe on a calendar about meeting, and the rows that prove they met."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models import Body, BodyKind, Form, HeldMeeting, Position, Seat
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import authorities_above, on_day
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.owing import owed_by_leads
from yilian.registry.regulations import S0, S3, S4


def groups(on: date) -> Iterator[Subject]:
    """Yield each running city group as owed by its lead, watched by the nearest authority."""
    return owed_by_leads(on, ConsortiumKind.CITY_GROUP)


def met(subject: Subject, first: date, last: date) -> list[Evidence] | None:
    """Return the joint meetings held in these days; who does not see the meeting is led to the consortium.

    Unknown where none is on record at all: the consortium may have met before its meetings were kept here.
    """
    known = list(HeldMeeting.objects.filter(consortium=subject.consortium_id, form=Form.JOINT))
    if not known:
        return None
    rows = [row for row in known if first <= row.held_on <= last]
    seen = Case.objects.in_bulk([row.case_id for row in rows])
    return [
        Evidence(
            row.subject,
            seen[row.case_id].get_absolute_url() if row.case_id in seen else f"/consortia/{row.consortium_id}/",
            row.held_on,
        )
        for row in rows
    ]


def councils(on: date) -> Iterator[Subject]:
    """Yield each council that is kept as a body of a running consortium, as owed by the lead."""
    bodies = Body.objects.filter(on_day("since_on", "until_on", on), kind=BodyKind.COUNCIL, consortium__ended_on=None)
    for body in bodies.select_related("consortium__lead"):
        one = body.consortium
        authority = next(iter(authorities_above(one.region_id or one.lead.region_id)), None)
        watchers = frozenset([authority.pk] if authority else [])
        yield Subject(f"body:{body.pk}", f"{one.name} {body.name}", body.since_on, one.lead_id, one.pk, watchers)


def elected(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the days on which a chair of the council came into office, as its elections."""
    body = subject.id.partition(":")[2]
    chairs = Seat.objects.filter(body=body, position=Position.CHAIR, since_on__range=(first, last))
    return [Evidence(str(seat), f"/consortia/{subject.consortium_id}/bodies/", seat.since_on) for seat in chairs]


obligations.add(
    Obligation(
        "governance.council_term", _("理事会换届（机构席位）"), S3.article("11"), "4 years", councils, elected,
        help=_("以理事长任职为准；届满未换届的显示为已到期。专科联盟以外的医联体参照执行。"),
    )
)  # fmt: skip
obligations.add(
    Obligation(
        "governance.joint_meeting", _("联席会议"), S4.article("3.3"), "year", groups, met,
        also=(S0.article("管理制度 15"), S0.article("五篇 二.2"), S0.article("要点 2")),
        help=_("以登记召开的联席会议为准；一般每年不少于一次。"),
    )
)  # fmt: skip

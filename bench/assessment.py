"""`python -m bench.assessment`: how long it takes to assess many consortia; prints JSON.

Over the city of `make bench`: consortia of neighbouring institutions are founded, then assessed by the scheme that
ships: a sheet for each member is opened and filled, data are counted anew, frozen and checked, every score is reckoned
and frozen. What people do between (claims, marks, visits) is not measured; every line they judge is marked as done.
All of it is undone at the end.
"""

import argparse
import json
import os
import time
from datetime import date
from typing import Any

from bench.city import asking, opened
from bench.processes import cpu_seconds

AIM_SECONDS = 60.0
FOUNDED = date(2020, 1, 1)
MARKS = {"grades": "full", "match": "yes", "veto": "no"}


class UndoneError(Exception):
    """Ends the transaction of the measurement: nothing of it stays."""


def main() -> None:
    parser = asking("bench.assessment", __doc__)
    parser.add_argument("--consortia", type=int, default=100)
    parser.add_argument("--members", type=int, default=6)
    chosen = parser.parse_args()
    with opened(chosen):
        print(json.dumps(_measure(chosen), ensure_ascii=False, indent=2))


def _measure(chosen: argparse.Namespace) -> dict[str, Any]:
    from django.db import transaction

    found: dict[str, Any] = {}
    try:
        with transaction.atomic():
            found |= _assess(chosen.consortia, chosen.members)
            raise UndoneError
    except UndoneError:
        pass
    took = found["machine_seconds"]
    return {"referrals": chosen.referrals, **found, "aim_seconds": AIM_SECONDS, "is_met": took <= AIM_SECONDS}


def _assess(consortia: int, members: int) -> dict[str, Any]:
    """Assess every consortium over the last twelve months and return the seconds of each part.

    The registry is settled once they are founded, as it is for who assesses a consortium that was founded long ago.
    """
    from yilian.kernel.almanac.keeping import settled

    parts = {"opened": 0.0, "locked": 0.0, "scored": 0.0}
    began, sheets = time.monotonic(), 0
    spent = _processor_seconds()
    founded = _founded(consortia, members)
    with settled():
        for consortium in founded:
            sheets += _one(consortium, parts)
    return {
        "consortia": consortia,
        "sheets": sheets,
        **{f"{name}_seconds": round(seconds, 2) for name, seconds in parts.items()},
        "machine_seconds": round(sum(parts.values()), 2),
        "wall_seconds": round(time.monotonic() - began, 2),
        "processor_seconds": round(_processor_seconds() - spent, 2),
    }


def _founded(count: int, members: int) -> list[Any]:
    from yilian.kernel.access.models import Post
    from yilian.registry.models import Consortium, Institution, Membership
    from yilian.registry.models.consortium import ConsortiumKind, MemberRole

    offices = Post.objects.filter(role="office").values("institution")
    places = list(Institution.objects.filter(pk__in=offices, is_authority=False, region__isnull=False).order_by("pk"))
    made = []
    for number in range(count):
        lead, *others = [places[(number + step) % len(places)] for step in range(members)]
        row = Consortium.objects.create(
            name=f"bench {number}", kind=ConsortiumKind.COUNTY_COMMUNITY, lead=lead, region=lead.region,
            founded_on=FOUNDED,
        )  # fmt: skip
        Membership.objects.create(consortium=row, institution=lead, role=MemberRole.LEAD, since_on=FOUNDED)
        Membership.objects.bulk_create(Membership(consortium=row, institution=one, since_on=FOUNDED) for one in others)
        made.append(row)
    return made


def _one(consortium: Any, parts: dict[str, float]) -> int:
    """Assess one consortium, adding up the seconds of each part; return how many sheets it took."""
    from yilian.domains.assessment.models import Sheet
    from yilian.domains.assessment.scoring import numbers_of, snapshot_of
    from yilian.kernel import clock
    from yilian.kernel.access.models import User
    from yilian.kernel.access.posts import actor_for
    from yilian.kernel.access.scope import scope
    from yilian.kernel.clock.periods import add_years
    from yilian.kernel.workflow.engine import open_case, take

    today = clock.today()
    lead = actor_for(User.objects.filter(posts__institution=consortium.lead_id, posts__role="office").first())
    answers = {"consortium": consortium.pk, "first_on": add_years(today, -1), "last_on": today}
    with scope(lead):
        began = time.monotonic()
        period = take(open_case("assessment_period", by=lead, answers=answers), "start", by=lead)
        parts["opened"] += time.monotonic() - began
        began = time.monotonic()
        take(period, "lock", by=lead, gaps_note="bench")
        parts["locked"] += time.monotonic() - began
        began = time.monotonic()
        sheets = list(Sheet.objects.filter(period=period.pk).select_related("period", "member"))
        for sheet in sheets:
            wanted = {item["key"]: MARKS[item["kind"]] for item in sheet.period.items if item["kind"] in MARKS}
            sheet.marks = {key: {"mark": mark} for key, mark in wanted.items()}
            snapshot = snapshot_of(sheet)
            Sheet.objects.filter(pk=sheet.pk).update(
                marks=sheet.marks, snapshot=snapshot, snapshot_digest=snapshot["sha256"],
                **numbers_of(snapshot["result"]),
            )  # fmt: skip
        parts["scored"] += time.monotonic() - began
    return len(sheets)


def _processor_seconds() -> float:
    """Return what this process and the database server have used so far: waiting for a busy machine does not count."""
    from django.conf import settings

    server = settings.PLACE.server()
    return cpu_seconds([os.getpid(), *([server.pid()] if server and server.pid() else [])])


if __name__ == "__main__":
    main()

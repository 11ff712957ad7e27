"""`python -m bench.meeting`: how long it takes to open a meeting of 60 members with 30 motions; prints JSON.

It founds a city group of its own, calls the meeting through the engine, lets every member answer and puts the motions,
voted on by a few each; then the lead and a member open its page. Aim: 150 ms.
"""

import argparse
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.opening import empty_installation, opened_page

AIM_MS = 150
SINCE = date(2020, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.meeting", description=__doc__)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--motions", type=int, default=30)
    parser.add_argument("--votes", type=int, default=3, help="ballots cast on each motion")
    parser.add_argument("--times", type=int, default=20, help="how often each page is opened")
    parser.add_argument("--home", type=Path, default=Path("var/bench/meeting"))
    chosen = parser.parse_args()
    with empty_installation(chosen.home):
        print(json.dumps(_run(chosen), ensure_ascii=False, indent=2))


def _run(chosen: argparse.Namespace) -> dict[str, Any]:
    began = time.monotonic()
    users, group = _group(chosen.members)
    meeting = _meeting(users, group)
    _motions(users, group, meeting, chosen)
    sys.stderr.write(f"met in {time.monotonic() - began:.0f} s\n")
    pages = {
        key: opened_page(user, meeting.get_absolute_url(), chosen.times)
        for key, user in (("by_the_lead", users[0]), ("by_a_member", users[-1]))
    }
    met = all(page["p50_ms"] <= AIM_MS for page in pages.values())
    return {"members": chosen.members, "motions": chosen.motions, **pages, "aim_ms": AIM_MS, "is_met": met}


def _group(members: int) -> tuple[list[Any], Any]:
    """Found the group; return a user of each member, the lead's first, who may do what its office and head may."""
    from yilian.kernel.access.models import Post, User
    from yilian.registry.models import Consortium, Institution, Membership

    places = [Institution.objects.create(name=f"第{number}医院") for number in range(members)]
    group = Consortium.objects.create(name="江城市医疗集团", kind="city_group", lead=places[0], founded_on=SINCE)
    users = []
    for number, place in enumerate(places):
        role = "member" if number else "lead"
        Membership.objects.create(consortium=group, institution=place, role=role, since_on=SINCE)
        user = User.objects.create(username=f"bench{number}", full_name=f"院长{number}")
        for post in ("office", "director"):
            Post.objects.create(user=user, institution=place, role=post, since_on=SINCE)
        users.append(user)
    return users, group


def _meeting(users: list[Any], group: Any) -> Any:
    from yilian.kernel import clock

    agenda = [{"item": f"议题{number}", "speaker": "办公室"} for number in range(1, 11)]
    meeting = _opened(users[0], "meeting", consortium=group.pk, form="joint", subject="年度联席会议",
                      starts_at=clock.now() + timedelta(days=10), place="三层会议室", agenda=agenda)  # fmt: skip
    _taken(users[0], meeting, "call")
    for user in users[1:]:
        _taken(user, meeting, "reply", reply="attend", person=user.full_name)
    return meeting


def _motions(users: list[Any], group: Any, meeting: Any, chosen: argparse.Namespace) -> None:
    for number in range(chosen.motions):
        motion = _opened(users[0], "motion", consortium=group.pk, subject=f"议案{number}", text="由各成员单位办理。",
                         matter="ordinary", sitting=meeting.pk)  # fmt: skip
        _taken(users[0], motion, "put")
        for user in users[: chosen.votes]:
            _taken(user, motion, "vote", ballot="for")


def _opened(user: Any, kind: str, **answers: Any) -> Any:
    from yilian.kernel.access.scope import scope
    from yilian.kernel.workflow.engine import open_case

    actor = _actor(user)
    with scope(actor):
        return open_case(kind, by=actor, answers=answers)


def _taken(user: Any, case: Any, verb: str, **answers: Any) -> None:
    from yilian.kernel.access.scope import scope
    from yilian.kernel.workflow.engine import take

    actor = _actor(user)
    with scope(actor):
        take(case, verb, by=actor, **answers)


def _actor(user: Any) -> Any:
    from yilian.kernel.access.posts import actor_for

    return actor_for(user)


if __name__ == "__main__":
    main()

"""The whole demo city: nouns, consortia with their lives, and a year of referrals, from one seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from yilian.config.demo.advising import bring_advice
from yilian.config.demo.agreeing import bring_agreements
from yilian.config.demo.assessing import bring_assessments
from yilian.config.demo.board import bring_board
from yilian.config.demo.bookings import bring_bookings
from yilian.config.demo.consortia import Founder, bring_consortia
from yilian.config.demo.cooperating import bring_leading_group, bring_projects
from yilian.config.demo.deliberating import bring_deliberation
from yilian.config.demo.emergencies import bring_consents_and_emergencies
from yilian.config.demo.following import bring_followups
from yilian.config.demo.greening import bring_green_channels
from yilian.config.demo.indications import bring_indications
from yilian.config.demo.journeys import bring_journeys
from yilian.config.demo.layout import JIANGCHENG, Layout
from yilian.config.demo.logins import bring_logins
from yilian.config.demo.lookalikes import bring_lookalikes
from yilian.config.demo.playing import HEAD_FIRST, Stage, play, play_waiting
from yilian.config.demo.policies import bring_policies
from yilian.config.demo.registering import bring_patients, bring_places, bring_staff
from yilian.config.demo.rewarding import bring_merits
from yilian.config.demo.seating import bring_bodies
from yilian.config.demo.services import bring_services
from yilian.config.demo.stays import HOSPITAL, bring_stays
from yilian.config.demo.talking import bring_talk
from yilian.config.demo.voices import bring_voices
from yilian.config.demo.wards import bring_wards
from yilian.config.demo.writing import bring_letters
from yilian.domains.agreement.checking.round import check as check_clauses
from yilian.domains.capacity.waiting.computing import compute_all
from yilian.domains.referral.parameters import APPROVERS, NEEDS_APPROVAL
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import all_or_nothing
from yilian.kernel.almanac.keeping import settled
from yilian.kernel.rules.values import set_value
from yilian.registry.models import Institution

SEED = 20261121
WAITING_EACH = 3
APPROVING, HEADED = ("donghu", "xiling"), "xiling"
PATIENTS, REFERRALS = 2000, 800


class CityStandsError(RuntimeError):
    """There are institutions already; the demo city is for an empty installation."""


REGISTERED_TWICE = "shiqiao"
"""Where a few patients came to the desk a second time without their number."""


@dataclass(frozen=True)
class Summary:
    """What was brought in."""

    institutions: int
    patients: int
    referrals: int


def build(
    *, seed: int = SEED, patients: int = PATIENTS, referrals: int = REFERRALS, layout: Layout = JIANGCHENG
) -> Summary:
    """Build the city in an empty installation; raise CityStandsError in any other."""
    if Institution.objects.exists():
        raise CityStandsError
    chance, today = Random(seed), clock.today()  # noqa: S311 - repeatable on purpose
    founder = system_actor("演示数据", 0)
    places = bring_places(founder, layout.places, today)
    bring_staff(founder, places, layout, chance)
    bring_services(places, layout, seed)
    staff = _staff()
    doctors = _first(staff, "doctor")
    people = Founder(places, _first(staff, "office"), _first(staff, "authority"), layout)
    bring_consortia(people, today)
    bring_bodies(people)
    bring_policies(people)
    bring_letters(people)
    bring_voices(people, today)
    bring_deliberation(people, today)
    leading = bring_leading_group(people)
    bring_projects(people, leading, today)
    bring_merits(people, leading)
    bring_agreements(people, today)
    bring_indications(_first(staff, "office"))
    bring_board(places, layout, seed)
    approving, heads = _approving(places, founder), _heads(places, founder)
    with settled(), all_or_nothing():
        known = bring_patients(places, layout.places, patients, chance, today)
        ways = (layout.upward, layout.beside)
        stage = Stage(places, doctors, _first(staff, "reception"), known, *ways, approving, heads, chance, clock.now())
        played = play_waiting(stage, min(WAITING_EACH, max(1, referrals // 20)))
        played += play(stage, max(0, referrals - played))
        bring_lookalikes(known[REGISTERED_TWICE], clerk=_first(staff, "registrar")[places[REGISTERED_TWICE].pk])
        bring_consents_and_emergencies(stage)
        bring_bookings(_first(staff, "reception"))
        bring_advice(stage)
        bring_journeys(stage)
        bring_green_channels(stage, people.office)
        bring_wards(stage, _first(staff, "reception"))
        bring_followups(stage)
        bring_assessments(people, today)
    compute_all()
    bring_logins()
    bring_stays(places[HOSPITAL], doctors, places)
    bring_talk(doctors.values())
    check_clauses()
    return Summary(len(places), sum(map(len, known.values())), played)


def _approving(places: Mapping[str, Institution], by: Actor) -> frozenset[int]:
    """Let some places want referrals approved inside, by a parameter in force since last year."""
    ids = frozenset(places[key].pk for key in APPROVING)
    with clock.standing_at(clock.now() - timedelta(days=400)):
        for institution_id in ids:
            set_value(
                NEEDS_APPROVAL,
                "true",
                by=by,
                effective_from=clock.today(),
                ground="院长办公会决定",
                institution_id=institution_id,
            )
    return ids


def _heads(places: Mapping[str, Institution], by: Actor) -> dict[int, Actor]:
    """Let one place want the head's word before the office's, and make one of its doctors the head."""
    place = places[HEADED]
    user = User.objects.filter(posts__institution=place, posts__role="doctor").order_by("-pk")[0]
    with clock.standing_at(clock.now() - timedelta(days=400)):
        Post.objects.create(user=user, institution=place, role="head", since_on=clock.today())
        set_value(
            APPROVERS[HEAD_FIRST], Approval.BOTH, by=by, effective_from=clock.today(), ground="院长办公会决定",
            institution_id=place.pk,
        )  # fmt: skip
    actor = actor_for(user)
    return {place.pk: actor} if actor else {}


def _staff() -> list[Actor]:
    """Return everybody who holds a post, the named accounts first."""
    return [actor for user in User.objects.order_by("pk") if (actor := actor_for(user))]


def _first(staff: Sequence[Actor], role: str) -> dict[int, Actor]:
    """Return one person per place who holds this role there, the named accounts first."""
    people: dict[int, Actor] = {}
    for actor in staff:
        if actor.may(role):
            people.setdefault(actor.institution_id, actor)
    return people

"""Stories of a plaque: three promises, the consent, and the days on which the right to it ends by itself."""

from datetime import date

import pytest

from yilian.domains.alliance.actions import record_lapses
from yilian.domains.alliance.models import Plaque, PlaqueRequest
from yilian.domains.alliance.plaques import in_force, lapse_of
from yilian.domains.alliance.tests.acts import on, refusal, today
from yilian.domains.alliance.tests.conftest import MEMBER, TOWN
from yilian.kernel.access.scope import scope
from yilian.registry.institutions import end_institution
from yilian.registry.memberships import leave_consortium
from yilian.registry.models import Membership

PROMISES = {"promises_cooperation": True, "promises_use": True, "promises_notice": True}


@pytest.fixture
def alliance(city):
    with on(2026, 2, 1):
        return city.founded().consortium_id


def request(city, alliance, **other):
    answers = {"consortium": alliance, "evaluation": "符合条件。", **PROMISES}
    return city.world.open("plaque", by=city.county, **answers | other)


@pytest.fixture
def plaque(city, alliance):
    with on(2026, 3, 1):
        case = city.world.take(request(city, alliance), "request", by=city.county)
        return city.world.take(case, "consent", by=city.office, approved_name=case.plaque_name, consented_on=today())


def test_the_usual_name_is_filled_in(city, alliance):
    assert request(city, alliance).plaque_name == "江城市心血管内科专科联盟成员单位"


def test_a_plaque_goes_up(city, alliance, plaque):
    row = in_force(city.place(MEMBER).pk, alliance, date(2026, 3, 1))
    assert (row.name, row.case_id) == ("江城市心血管内科专科联盟成员单位", plaque.pk)
    assert in_force(city.place(MEMBER).pk, alliance, date(2026, 2, 28)) is None


@pytest.mark.parametrize(
    ("promise", "article"),
    [("promises_cooperation", "附件第1项"), ("promises_use", "附件第2项"), ("promises_notice", "附件第3项")],
)
def test_each_promise_is_asked_for(city, alliance, promise, article):
    with on(2026, 3, 1):
        refused = refusal(city, request(city, alliance, **{promise: False}), "request", by=city.county)
    assert article in str(refused)


def test_only_members_ask_and_only_once(city, alliance, plaque):
    town = city.world.person("office", at=TOWN)
    with on(2026, 4, 1):
        case = city.world.open("plaque", by=town, consortium=alliance, evaluation="无", **PROMISES)
        assert "成员单位" in str(refusal(city, case, "request", by=town))
        assert "有效" in str(refusal(city, request(city, alliance), "request", by=city.county))


@pytest.mark.parametrize("ending", ["split", "merged", "dissolved", "bankrupt"])
def test_the_right_ends_by_itself_the_day_after_the_institution(city, alliance, plaque, ending):
    with on(2026, 6, 1):
        end_institution(city.place(MEMBER), by=city.authority, on=date(2026, 5, 31), ending=ending)
    member = city.place(MEMBER).pk
    assert in_force(member, alliance, date(2026, 5, 31))
    assert in_force(member, alliance, date(2026, 6, 1)) is None
    lapse = lapse_of(Plaque.objects.get(case_id=plaque.pk))
    assert (lapse.on, lapse.why) == (date(2026, 6, 1), "ended")


def test_the_clock_only_records_what_dates_have_done(city, alliance, plaque):
    with on(2026, 6, 1):
        end_institution(city.place(MEMBER), by=city.authority, on=date(2026, 6, 1), ending="merged")
        assert record_lapses() == 0
    with on(2026, 6, 5):
        assert record_lapses() == 1
        assert record_lapses() == 0
    with scope(city.office):
        case = PlaqueRequest.objects.get(pk=plaque.pk)
        last = case.history.order_by("-seq").first()
    assert (case.state, case.ended_on, last.actor_id) == ("lapsed", date(2026, 6, 2), None)


def test_a_valid_plaque_does_not_lapse(city, plaque):
    with on(2026, 6, 1):
        assert "授权仍然有效" in str(refusal(city, plaque, "record_lapse", by=city.office))


def test_leaving_ends_it(city, alliance, plaque):
    membership = Membership.objects.get(consortium=alliance, institution=city.place(MEMBER))
    with on(2026, 6, 1):
        leave_consortium(membership, by=city.county, on=date(2026, 6, 30))
        refused = refusal(city, plaque, "record_lapse", by=city.office)
    assert refused.reasons[0].passes_on == date(2026, 7, 1)
    assert lapse_of(Plaque.objects.get(case_id=plaque.pk)).why == "left"


def test_given_back_or_taken_away(city, alliance, plaque):
    with on(2026, 6, 1):
        assert "须写明" in str(refusal(city, plaque, "revoke", by=city.office, end_reason="misuse", ended_on=today()))
        case = city.world.take(plaque, "surrender", by=city.county, ended_on=today())
        assert case.state == "surrendered"
        again = city.world.take(request(city, alliance), "request", by=city.county)
        city.world.take(again, "consent", by=city.office, approved_name="新牌", consented_on=today())
    assert in_force(city.place(MEMBER).pk, alliance, date(2026, 6, 1)).name == "新牌"


def test_a_coming_end_is_told_to_the_lead(city, plaque):
    with on(2026, 5, 1):
        case = city.world.take(plaque, "announce_ending", by=city.county, ending="merged", expected_on="2026-12-31")
    assert case.state == "consented"


def test_strangers_see_no_request(city, plaque):
    assert not city.world.sees(city.stranger, plaque)
    assert city.world.sees(city.authority, plaque)

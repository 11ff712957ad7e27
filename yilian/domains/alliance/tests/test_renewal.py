"""Stories of a council's next term."""

from datetime import date

import pytest

from yilian.domains.alliance.models import Council
from yilian.domains.alliance.tests.acts import on, refusal

SEATS = [{"position": "chair", "name": "林静"}, {"position": "vice", "name": "周明"}]


@pytest.fixture
def alliance(city):
    with on(2026, 2, 1):
        return city.founded().consortium_id


def renewal(city, alliance, *, by=None, **other):
    answers = {"consortium": alliance, "council_since": "2030-01-10", "seats": SEATS, "resolution": "全票通过。"}
    return city.world.open("renewal", by=by or city.office, **answers | other)


def test_the_next_term_begins_where_the_last_ends(city, alliance):
    with on(2030, 1, 5):
        city.world.take(renewal(city, alliance), "adopt", by=city.office)
    terms = [(row.term, row.since_on, row.until_on) for row in Council.objects.filter(consortium=alliance)]
    assert terms == [
        (2, date(2030, 1, 10), date(2034, 1, 9)),
        (1, date(2026, 1, 10), date(2030, 1, 9)),
    ]


def test_an_early_election_shortens_the_running_term(city, alliance):
    with on(2028, 6, 1):
        city.world.take(renewal(city, alliance, council_since="2028-06-01"), "adopt", by=city.office)
    assert Council.objects.get(consortium=alliance, term=1).until_on == date(2028, 5, 31)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"seats": [*SEATS, {"position": "chair", "name": "何敏"}]}, "2 名理事长：林静、何敏"),
        ({"council_since": "2026-01-10"}, "上一届自 2026-01-10 起"),
    ],
)
def test_what_is_wrong_is_said(city, alliance, other, says):
    with on(2030, 1, 5):
        assert says in str(refusal(city, renewal(city, alliance, **other), "adopt", by=city.office))


def test_only_the_lead_renews(city, alliance):
    with on(2030, 1, 5):
        case = renewal(city, alliance, by=city.county)
        assert "牵头单位是江城市第一人民医院" in str(refusal(city, case, "adopt", by=city.county))

"""The demo city loads through the same doors as everything else; a smaller one is built here."""

from collections import Counter

import pytest
from django.core.management import call_command

from yilian.config.demo.city import CityStandsError, build
from yilian.domains.alliance.charters import charters_of
from yilian.domains.alliance.membership_lines import member_lines
from yilian.domains.alliance.standing import Standing, standing_of
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium, Institution
from yilian.registry.patients.pairs import decided_pairs, open_pairs

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def city(db):
    return build(patients=150, referrals=70)


def states(kind: str = "referral") -> Counter[str]:
    """Count the cases of a kind of every institution by state."""
    seen: dict[object, str] = {}
    for pk in Institution.objects.values_list("pk", flat=True):
        with scope(system_actor("test", pk)):
            seen |= dict(Case.objects.filter(kind=kind).values_list("pk", "state"))
    return Counter(seen.values())


def test_the_city_has_all_its_parts_and_stands_once(city, capsys):
    assert (city.institutions, User.objects.count()) == (24, 120)
    standings = Counter(standing_of(consortium) for consortium in Consortium.objects.all())
    assert standings == {Standing.ACTIVE: 5, Standing.YELLOW: 1}
    with pytest.raises(CityStandsError):
        build()
    with scope(system_actor("test", Institution.objects.get(name="石桥乡卫生院").pk)):
        assert open_pairs().count() >= 3, "the registrar of the township has patients to check"
        assert decided_pairs().count() == 1
    lines = [line for one in Consortium.objects.all() for line in member_lines(one, clock.today())]
    open_ = [(line.membership, item) for line in lines for item in line.conditions if item.finding.is_met is not True]
    assert open_ == [], "an authority has confirmed what every member was admitted on"
    group = Consortium.objects.get(kind="city_group")
    assert [(line.charter.version, line.is_in_force) for line in charters_of(group, clock.today())] == [
        (2, True),
        (1, False),
    ]
    flow = case_types["referral"].flow
    waiting = {step.target for step in flow.steps if step.target} - set(flow.finals)
    assert waiting <= set(states()), "every state that waits for somebody is somewhere in the city"
    assert states("advice") == {
        "asked": 1, "clarifying": 1, "answered": 1, "closed": 1, "advised": 1, "converted": 1, "declined": 1,
    }  # fmt: skip
    assert states("emergency") == {"ended": 1}
    assert states("breakglass") == {"awaiting_review": 1}
    assert (states("motion"), states("meeting")) == ({"counted": 5, "voting": 1}, {"held": 1})
    assert states("project") == {"closed": 1, "running": 1, "delayed": 1, "screening": 1}
    assert states("merit") == {"in_force": 1, "hearing": 1}
    assert states("assignment") == {"assigned": 1}
    call_command("verify_history")
    assert "histories are whole" in capsys.readouterr().out

"""Recording a sanction, ending it by date and ground, taking back a wrong entry; nothing is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from yilian.kernel import clock
from yilian.registry.models import Sanction, SanctionChange
from yilian.registry.sanctions import lift_sanction, record_sanction, void_sanction

ISSUED = date(2024, 5, 1)


@pytest.fixture
def sanction(township, at_county):
    return record_sanction(by=at_county, institution=township, kind="health", issued_by="卫健局", issued_on=ISSUED)


def told(sanction):
    """Return the history of a sanction as (what, from when, on what ground)."""
    return [(line.event, line.effective_on, line.ground) for line in sanction.changes.all()]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"issued_on": date(9999, 1, 1)}, "晚于今天"),
        ({"issued_on": ISSUED, "lifted_on": date(2024, 4, 30)}, "早于作出"),
    ],
)
def test_days_that_cannot_be_are_refused(township, at_county, facts, says):
    with pytest.raises(ValidationError, match=says):
        record_sanction(by=at_county, institution=township, kind="health", issued_by="卫健局", **facts)


def test_it_ends_on_a_day_for_a_ground_and_the_record_says_who(sanction, at_county):
    lift_sanction(sanction, by=at_county, on=date(2025, 5, 1), ground=" 期满 ")
    assert Sanction.objects.get().lifted_on == date(2025, 5, 1)
    assert told(sanction) == [("recorded", ISSUED, ""), ("lifted", date(2025, 5, 1), "期满")]
    assert {(line.by_name, line.by_institution) for line in sanction.changes.all()} == {("登记员", "北岭县人民医院")}


def test_it_stands_up_to_the_day_before_it_is_lifted(sanction):
    sanction.lifted_on = date(2025, 5, 1)
    assert [sanction.is_lifted(sanction.lifted_on - timedelta(days=ago)) for ago in (1, 0)] == [False, True]


def test_another_day_replaces_the_first_and_both_stay_readable(sanction, at_county):
    for day, ground in ((date(2025, 5, 1), "期满"), (date(2026, 5, 1), "延期决定")):
        lift_sanction(sanction, by=at_county, on=day, ground=ground)
    assert Sanction.objects.get().lifted_on == date(2026, 5, 1)
    assert [line[2] for line in told(sanction)] == ["", "期满", "延期决定"]


@pytest.mark.parametrize(
    ("on", "ground", "says"), [(date(2024, 4, 30), "期满", "早于作出"), (date(2025, 1, 1), " ", "请写明依据")]
)
def test_an_ending_without_sense_or_ground_changes_nothing(sanction, at_county, on, ground, says):
    with pytest.raises(ValidationError, match=says):
        lift_sanction(sanction, by=at_county, on=on, ground=ground)
    assert Sanction.objects.get().lifted_on is None
    assert len(told(sanction)) == 1


def test_what_was_entered_in_error_counts_for_nothing_and_stays(sanction, at_county):
    void_sanction(sanction, by=at_county, ground="录错机构")
    assert not Sanction.objects.valid().exists()
    assert told(sanction)[-1] == ("error", clock.today(), "录错机构")
    for again in (
        lambda: void_sanction(sanction, by=at_county, ground="再次"),
        lambda: lift_sanction(sanction, by=at_county, on=date(2025, 1, 1), ground="期满"),
    ):
        with pytest.raises(ValidationError, match="已标记为误录"):
            again()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_nobody_rewrites_what_was_done(sanction, act):
    lines = SanctionChange.objects.filter(sanction=sanction)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        lines.update(ground="改写") if act == "update" else lines.delete()

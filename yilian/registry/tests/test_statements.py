"""Who stated what about an institution, and what an attestation confirms of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from yilian.kernel import clock
from yilian.registry.institutions import change_institution, register_institution
from yilian.registry.models import Statement
from yilian.registry.standing import attest
from yilian.registry.statements import sources_of

CONDITION = "6.2.3"


@pytest.fixture
def authority(world):
    world.authority()
    return world.person("authority", at="江城市卫生健康委员会")


@pytest.fixture
def hospital(authority):
    return register_institution(by=authority, name="甲医院", has_outpatient=True, founded_on=date(2001, 1, 1))


@pytest.fixture
def clerk(world, hospital):
    return world.person("registrar", at=hospital.name)


def confirmed(by, place, *, is_met=True):
    return attest(by=by, institution=place, condition=CONDITION, is_met=is_met, evidence="查验", on=clock.today())


def source(place):
    return sources_of([place])[place.pk]


def test_each_weighty_fact_that_changes_gets_a_line_and_others_do_not(hospital, clerk):
    change_institution(hospital, by=clerk, has_inpatient=True, phone="027-12345678")
    newest = Statement.objects.first()
    assert (newest.fact, newest.value, newest.stated_for_id, newest.is_own) == (
        "has_inpatient", "True", hospital.pk, True,
    )  # fmt: skip
    assert set(Statement.objects.values_list("fact", flat=True)) == {"has_outpatient", "founded_on", "has_inpatient"}


def test_an_authority_proves_what_it_states_and_the_institution_does_not(hospital, clerk):
    change_institution(hospital, by=clerk, has_inpatient=True)
    assert source(hospital).unproven(["has_outpatient", "has_inpatient", "founded_on"]) == ["has_inpatient"]


def test_what_nobody_stated_that_way_is_nobodys(hospital):
    hospital.beds = 20
    assert source(hospital).of("beds") is None
    hospital.has_outpatient = False
    assert source(hospital).of("has_outpatient") is None


def test_a_word_confirms_what_stands_there_and_not_what_comes_after(hospital, clerk, authority):
    change_institution(hospital, by=clerk, has_inpatient=True)
    word = confirmed(authority, hospital)
    assert source(hospital).confirmed_by("has_inpatient") == word
    for value in (False, True):
        change_institution(hospital, by=clerk, has_inpatient=value)
    assert source(hospital).confirmed_by("has_inpatient") is None
    assert confirmed(authority, hospital) == source(hospital).confirmed_by("has_inpatient")
    confirmed(authority, hospital, is_met=False)
    assert source(hospital).confirmed_by("has_inpatient") is None


def test_a_word_does_not_speak_of_what_was_emptied_after_it(hospital, clerk, authority):
    change_institution(hospital, by=clerk, has_inpatient=True)
    word = confirmed(authority, hospital)
    change_institution(hospital, by=clerk, has_inpatient=None)
    assert not source(hospital).covers(word, ["has_inpatient"])
    assert source(hospital).covers(confirmed(authority, hospital), ["has_inpatient"])


def test_a_word_on_a_fact_of_unknown_origin_confirms_it_as_it_stands(hospital, authority):
    type(hospital).objects.filter(pk=hospital.pk).update(has_inpatient=True)
    hospital.refresh_from_db()
    word = confirmed(authority, hospital)
    found = source(hospital)
    assert (found.of("has_inpatient").who, found.confirmed_by("has_inpatient")) == ("", word)


def test_nobody_confirms_the_own_institution(hospital, clerk):
    with pytest.raises(ValidationError, match="不能自行确认"):
        confirmed(clerk, hospital)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_nobody_rewrites_who_said_what(hospital, act):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Statement.objects.update(is_official=True) if act == "update" else Statement.objects.all().delete()

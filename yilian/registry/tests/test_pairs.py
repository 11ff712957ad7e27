"""Pairs of patients who may be one person: found inside the wall only, decided by people, remembered."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.rules.values import set_value
from yilian.registry import patients
from yilian.registry.models import Patient, PatientPair
from yilian.registry.patients import pairs
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.django_db
BORN = date(1968, 2, 29)


@pytest.fixture
def register(at_township):
    return lambda name, by=at_township, **facts: patients.register_patient(by=by, name=name, **facts)[0]


@pytest.fixture
def alike(register) -> tuple[Patient, Patient]:
    """One person with a number, and perhaps the same one without, by a name that sounds the same."""
    return register("王喆", identity_number=resident_number(), phone="13812341070"), register("汪哲", birth_on=BORN)


def listed(by) -> list[tuple[str, str]]:
    with scope(by):
        return [tuple(sorted((pair.low.name, pair.high.name))) for pair in pairs.open_pairs()]


def test_registering_notes_who_may_be_the_same(alike, at_township):
    assert listed(at_township) == [("汪哲", "王喆")]


def test_a_change_that_makes_them_unlike_ends_the_pair(alike, at_township):
    patients.change_patient(alike[1], by=at_township, birth_on=date(1990, 1, 1))
    assert listed(at_township) == []


def test_a_change_that_makes_them_alike_opens_one(register, at_township):
    register("王建国", birth_on=BORN, phone="13812341070")
    late = register("王建国", birth_on=date(1986, 2, 28))
    assert listed(at_township) == []
    patients.change_patient(late, by=at_township, birth_on=BORN)
    assert listed(at_township) == [("王建国", "王建国")]


def test_likeness_beyond_the_wall_is_told_to_nobody(alike, register, at_township, at_county):
    twin = register("王喆", by=at_county, birth_on=BORN, phone="13812341070")
    for actor in (at_township, at_county):
        assert [names for names in listed(actor) if names == ("王喆", "王喆")] == []
    with scope(at_county):
        assert pairs.open_suspects(twin, by=at_county) == []


def test_who_comes_to_know_both_sees_the_pair(alike, at_township, at_county, county):
    with scope(at_township), connection.cursor() as cursor:
        for row in alike:
            cursor.execute("select patient_known_to(%s, array[%s])", [row.pk, county.pk])
            assert listed(at_county) == ([("汪哲", "王喆")] if row == alike[1] else [])


def test_what_was_said_is_remembered_with_who_when_and_why(alike, at_township):
    patients.tell_apart(*alike, by=at_township, ground="身份证不同，系堂兄弟")
    assert listed(at_township) == []
    with scope(at_township):
        (pair,) = pairs.decided_pairs()
        assert (pair.institution_id, pair.ground) == (at_township.institution_id, "身份证不同，系堂兄弟")
        assert pair.decided_at is not None
        assert pairs.open_suspects(alike[0], by=at_township) == []
    patients.change_patient(alike[1], by=at_township, phone="13812341070")
    assert listed(at_township) == []


def test_what_was_said_is_taken_back_on_record(alike, at_township):
    patients.tell_apart(*alike, by=at_township, ground="堂兄弟")
    patients.reconsider(alike[1], alike[0], by=at_township)
    assert listed(at_township) == [("汪哲", "王喆")]
    with pytest.raises(ValidationError, match="没有“不是同一人”的判定"):
        patients.reconsider(*alike, by=at_township)
    with scope(at_township):
        actions = AccessRecord.objects.filter(object_kind="patient").order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["registered", "registered", "told_apart", "reconsidered"]


def test_telling_apart_needs_a_ground(alike, at_township):
    with pytest.raises(ValidationError, match="依据"):
        patients.tell_apart(*alike, by=at_township, ground=" ")


def test_nobody_merges_over_what_was_said(alike, at_township):
    patients.tell_apart(*alike, by=at_township, ground="堂兄弟")
    with pytest.raises(ValidationError, match=r"没有人判定过两名患者不是同一人；.*堂兄弟"):
        patients.merge(*alike, by=at_township, ground="同一人", is_verified=True)


def test_what_was_said_holds_for_rows_merged_later(alike, register, at_township):
    third = register("王喆", identity_kind="03", identity_number="E12345678", birth_on=BORN, phone="13812341070")
    patients.tell_apart(third, alike[1], by=at_township, ground="堂兄弟")
    merged = patients.merge(alike[0], third, by=at_township, ground="护照与身份证为同一人")
    assert listed(at_township) == []
    with pytest.raises(ValidationError, match="堂兄弟"):
        patients.merge(alike[0], alike[1], by=at_township, ground="同一人", is_verified=True)
    patients.unmerge(merged, by=at_township)
    assert sorted(listed(at_township)) == [("汪哲", "王喆"), ("王喆", "王喆")]


def test_a_merge_wants_proof_or_somebody_who_looked(alike, at_township):
    with pytest.raises(ValidationError, match=r"须核对证件原件或本人.*依据"):
        patients.merge(*alike, by=at_township, ground="看着像")
    patients.change_patient(alike[1], by=at_township, phone="13812341070")
    assert patients.merge(*alike, by=at_township, ground="姓名、生日、电话一致").parted_at is None


def test_a_merged_pair_is_gone_until_it_is_parted(alike, at_township):
    merged = patients.merge(*alike, by=at_township, ground="本人到场", is_verified=True)
    assert listed(at_township) == []
    patients.unmerge(merged, by=at_township)
    assert listed(at_township) == [("汪哲", "王喆")]


def test_a_stranger_neither_sees_nor_writes_a_pair(alike, at_county):
    with scope(at_county):
        assert not PatientPair.objects.exists()
    for refused in (
        lambda: patients.tell_apart(*alike, by=at_county, ground="试"),
        lambda: pairs.note(alike[0], by=at_county),
    ):
        with pytest.raises((Patient.DoesNotExist, ProgrammingError, KeyError)), transaction.atomic():
            refused()
    low, high = sorted((alike[0].pk, alike[1].pk))
    forged = PatientPair(low_id=low, high_id=high, weight=1, institutions=[1], found_at=clock.now())
    with scope(at_county), pytest.raises(ProgrammingError), transaction.atomic():
        forged.save(force_insert=True)


def test_a_site_sets_its_own_numbers(alike, register, at_township):
    set_value("matching.review", "100", by=at_township, effective_from=clock.today(), ground="质控会决定")
    register("王喆", birth_on=BORN)
    assert listed(at_township) == [("汪哲", "王喆")]


def test_a_phone_of_a_whole_village_makes_nobody_alike(register, at_township):
    phone = "027-81234567"
    for number, name in enumerate("甲乙丙丁戊"):
        register(f"李{name}", birth_on=date(1930 + number * 11, 5, 6), phone=phone)
    for born in (date(1951, 3, 4), date(1952, 3, 4)):
        register("王建国", birth_on=born, phone=phone)
    assert listed(at_township) == []

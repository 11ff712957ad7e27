"""Patients: registered once, seen only by who knows them, found by what people type."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.clock import standing_at
from yilian.registry import patients
from yilian.registry.models import Patient, PatientIdentifier, PatientKey
from yilian.registry.patients.registering import is_minor
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.django_db


def register(by, name="王喆", **facts) -> Patient:
    facts.setdefault("identity_number", resident_number())
    return patients.register_patient(by=by, name=name, **facts)[0]


def names_found(actor, text) -> list[str]:
    with scope(actor):
        return [line.name for line in patients.search(actor, text)]


def columns_of(patient: Patient) -> str:
    """Return every stored column of the person as text, as somebody with a copy of the tables would read it."""
    with connection.cursor() as cursor:
        cursor.execute("select p::text, i::text from registry_patient p join registry_patientidentifier i "
                       "on i.patient_id = p.id where p.id = %s", [patient.pk])  # fmt: skip
        return str(cursor.fetchall())


def test_sex_and_birth_date_follow_from_the_number(at_township):
    patient = register(at_township)
    assert (patient.birth_on, patient.sex) == (date(1968, 2, 29), "1")
    assert patient.identity_masked == "4201**********" + resident_number()[-4:]


def test_numbers_are_stored_sealed_only(at_township):
    patient = register(at_township, phone="+86 138 1234 1070", address="石桥乡一组7号")
    with scope(at_township):
        stored = columns_of(patient)
    assert patient.phone_masked == "138****1070"
    for secret in (resident_number(), resident_number()[6:14], "13812341070", "石桥乡一组7号"):
        assert secret not in stored


def test_another_institution_sees_nothing_of_a_patient(at_township, at_county):
    patient = register(at_township, phone="13812341070")
    with scope(at_county):
        assert not Patient.objects.exists()
        assert not PatientIdentifier.objects.exists()
        assert not PatientKey.objects.exists()
        assert Patient.objects.filter(pk=patient.pk).update(name="别人") == 0
        assert patients.find_by_identity(resident_number()) is None
    for text in ("王喆", "wz", resident_number(), "13812341070", "1070"):
        assert names_found(at_county, text) == []
    with scope(None):
        assert not Patient.objects.exists()


def test_the_exact_number_and_name_make_a_patient_known(at_township, at_county, county):
    patient = register(at_township)
    known, created = patients.register_patient(by=at_county, name="王喆", identity_number=resident_number())
    assert (known.pk, created) == (patient.pk, False)
    assert names_found(at_county, "wangz") == ["王喆"]
    with scope(at_county):
        assert Patient.objects.get().institutions == sorted([at_township.institution_id, county.pk])
        assert AccessRecord.objects.filter(action="joined", object_id=str(patient.pk)).exists()


def test_the_number_with_another_name_refuses_and_shows_nothing(at_township, at_county):
    register(at_township)
    with pytest.raises(ValidationError, match="另一姓名"):
        register(at_county, name="李梅")
    assert names_found(at_county, "李梅") == names_found(at_county, "王喆") == []


def test_dots_and_width_in_a_name_do_not_matter(at_township, at_county):
    patient = register(at_township, name="买买提·吐尔逊")
    again, created = patients.register_patient(by=at_county, name="买买提．吐尔逊", identity_number=resident_number())
    assert (again.pk, created) == (patient.pk, False)


def test_registering_again_at_the_same_place_finds_the_row(at_township):
    first = register(at_township)
    again, created = patients.register_patient(by=at_township, name="王喆", identity_number=resident_number().lower())
    assert (again.pk, created) == (first.pk, False)


@pytest.mark.parametrize(
    "typed",
    [
        "王喆",
        "王",
        "wz",
        "WZ",
        "wangzhe",
        "wang zhe",
        resident_number(),
        resident_number()[-4:],
        "138-1234-1070",
        "1070",
    ],
)
def test_a_patient_is_found_by_what_people_type(at_township, typed):
    register(at_township, phone="13812341070")
    register(at_township, name="赵铁柱", identity_number=resident_number(3, birth="19700101"))
    assert names_found(at_township, typed) == ["王喆"]


@pytest.mark.parametrize("typed", ["买买提", "买买提·吐尔逊", "买买提吐尔逊", "吐尔逊", "mmttex", "tuerxun"])
def test_names_of_several_parts_are_found_by_each(at_township, typed):
    register(at_township, name="买买提·吐尔逊")
    assert names_found(at_township, typed) == ["买买提·吐尔逊"]


@pytest.mark.parametrize("typed", ["单雄信", "sxx", "shanxiongxin", "danxiongxin"])
def test_surnames_are_found_by_both_readings(at_township, typed):
    register(at_township, name="单雄信")
    assert names_found(at_township, typed) == ["单雄信"]


@pytest.mark.parametrize("typed", ["", " ", "%", "·", "'", "\\"])
def test_nothing_typed_finds_nothing(at_township, typed):
    register(at_township)
    assert names_found(at_township, typed) == []


def test_a_name_of_a_hundred_characters_is_kept_and_found(at_township):
    name = "阿" * 50 + "·" + "依" * 49
    assert names_found(at_township, name) == []
    register(at_township, name=name)
    assert names_found(at_township, name) == [name]
    with pytest.raises(ValidationError, match="100"):
        register(at_township, name=name + "长", identity_number="")


def test_every_fault_is_named_at_once(at_township):
    with pytest.raises(ValidationError) as refused:
        register(at_township, name="", identity_number="420106196802290010", phone="12", ethnicity="99")
    assert set(refused.value.message_dict) == {"name", "identity_number", "phone", "ethnicity"}
    with scope(at_township):
        assert not Patient.objects.exists()


def test_birth_date_and_sex_must_agree_with_the_number(at_township):
    with pytest.raises(ValidationError) as refused:
        register(at_township, birth_on=date(1968, 2, 28), sex="2")
    assert set(refused.value.message_dict) == {"birth_on", "sex"}


def test_a_newborn_without_number_can_be_registered(at_township):
    patient = register(at_township, identity_number="", birth_on=date(2020, 1, 1), guardian_name="王强")
    assert (patient.identity_masked, patient.sex) == ("", "0")


def test_a_child_born_on_a_leap_day_comes_of_age_on_the_first_of_march(at_township):
    patient = register(at_township, identity_number=resident_number(1, birth="20120229"))
    for day, minor in (((2026, 2, 28), True), ((2026, 3, 1), False)):
        with standing_at(datetime(*day, 12, tzinfo=UTC)):
            assert is_minor(patient) is minor


def test_a_change_rewrites_what_finds_the_patient_everywhere(at_township, at_county):
    patient = register(at_township)
    register(at_county)
    with scope(at_township):
        assert patients.change_patient(patient, by=at_township, name="王吉", phone="13812345678") == ["name", "phone"]
    assert names_found(at_county, "王喆") == []
    assert names_found(at_county, "wangji") == names_found(at_county, "5678") == ["王吉"]


def test_a_stale_change_is_refused(at_township):
    patient = register(at_township)
    patients.change_patient(patient, by=at_township, version=1, name="王吉")
    with pytest.raises(ValidationError, match="他人更改"):
        patients.change_patient(patient, by=at_township, version=1, name="王洁")


def test_what_a_document_says_is_not_changed_by_hand(at_township):
    patient = register(at_township)
    with pytest.raises(ValidationError, match="以居民身份证为准"):
        patients.change_patient(patient, by=at_township, birth_on=date(1968, 3, 1))


def test_nobody_makes_a_patient_known_past_the_functions(at_township, at_county, county):
    patient = register(at_township)
    statements = [
        (at_township, "update registry_patient set institutions = institutions || %s", [county.pk]),
        (at_county, "select patient_known_to(%s, array[%s])", [patient.pk, county.pk]),
        (at_county, "select patient_index(%s, array['x'])", [patient.pk]),
        (at_township, "select patient_join('01', 'x', 'x', %s)", [county.pk]),
        (at_township, "select patient_spread(%s, array[%s])", [patient.pk, county.pk]),
    ]
    for actor, statement, values in statements:
        with scope(actor), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    assert names_found(at_county, "王喆") == []


def test_who_takes_part_comes_to_know_the_patient(at_township, at_county, county):
    patient = register(at_township)
    with scope(at_township), connection.cursor() as cursor:
        cursor.execute("select patient_known_to(%s, array[%s])", [patient.pk, county.pk])
    assert names_found(at_county, "wz") == ["王喆"]


def test_reveal_needs_a_ground_and_is_recorded(at_township):
    patient = register(at_township, phone="13812341070")
    with scope(at_township):
        with pytest.raises(ValidationError, match="理由"):
            patients.reveal(patient, by=at_township, ground=" ")
        shown = patients.reveal(patient, by=at_township, ground="核对身份")
        row = AccessRecord.objects.get(action="revealed")
    assert {resident_number(), "13812341070"} <= set(shown.values())
    assert (row.ground, row.object_id) == ("核对身份", str(patient.pk))
    assert resident_number() not in str(row.detail)

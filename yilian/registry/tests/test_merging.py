"""Merging two rows of one person and parting them again."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from yilian.kernel.access.scope import scope
from yilian.registry import patients
from yilian.registry.models import Patient, PatientKey, PatientMerge
from yilian.registry.tests.conftest import resident_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(at_township, at_county) -> tuple[Patient, Patient]:
    """One person registered with a resident number, and again (by name and birth date) with a passport."""
    number, birth_on = resident_number(), date(1968, 2, 29)
    keep, _ = patients.register_patient(by=at_township, name="王喆", identity_number=number)
    drop, _ = patients.register_patient(
        by=at_township, name="王吉吉", identity_kind="03", identity_number="e12345678", birth_on=birth_on,
        phone="13812341070", address="石桥乡一组7号",
    )  # fmt: skip
    patients.register_patient(by=at_county, name="王吉吉", identity_kind="03", identity_number="E12345678")
    return keep, drop


def state() -> list[tuple]:
    """Return all that is visible of patients, but for the counters that only ever rise."""
    rows = Patient.objects.order_by("pk").values_list(
        "pk", "name", "sex", "birth_on", "phone_masked", "institutions", "merged_into", "identifiers__masked"
    )
    return [*rows, *PatientKey.objects.order_by("pk").values_list("institution_id", "key", "patient_id")]


def merge(twice, by, ground="本人到场核对") -> PatientMerge:
    keep, drop = twice
    return patients.merge(keep, drop, by=by, ground=ground, is_verified=True)


def test_a_merge_moves_identifiers_and_fills_what_was_missing(twice, at_township):
    merge(twice, at_township)
    with scope(at_township):
        keep, drop = Patient.objects.get(pk=twice[0].pk), Patient.objects.get(pk=twice[1].pk)
        assert drop.merged_into_id == keep.pk
        assert keep.phone_masked == "138****1070"
        assert patients.find_by_identity("E12345678").pk == keep.pk
        for typed in ("王喆", "wjj", "5678", "13812341070"):
            assert [line.id for line in patients.search(at_township, typed)] == [keep.pk]


def test_who_knew_the_dropped_row_knows_the_kept_one(twice, at_township, at_county):
    merge(twice, at_township)
    with scope(at_county):
        assert [line.name for line in patients.search(at_county, "王")] == ["王喆"]


def test_what_somebody_changed_since_the_page_was_read_is_what_counts(twice, at_township):
    with scope(at_township):
        patients.change_patient(Patient.objects.get(pk=twice[1].pk), by=at_township, phone="13900001111")
    merged = merge(twice, at_township)
    with scope(at_township):
        assert Patient.objects.get(pk=twice[0].pk).phone_masked == "139****1111"
    patients.unmerge(merged, by=at_township)
    with scope(at_township):
        assert Patient.objects.get(pk=twice[0].pk).phone_masked == ""


def test_unmerge_restores_everything(twice, at_township, at_county):
    before = {}
    for actor in (at_township, at_county):
        with scope(actor):
            before[actor] = state()
    merged = merge(twice, at_township)
    patients.unmerge(merged, by=at_township)
    for actor in (at_township, at_county):
        with scope(actor):
            assert state() == before[actor]


def test_unmerge_leaves_later_changes_alone(twice, at_township):
    merged = merge(twice, at_township)
    keep = Patient.objects.none()
    with scope(at_township):
        keep = Patient.objects.get(pk=twice[0].pk)
        patients.change_patient(keep, by=at_township, phone="13900001111")
        patients.unmerge(merged, by=at_township)
        keep.refresh_from_db()
        assert keep.phone_masked == "139****1111"


def test_who_came_to_know_the_kept_row_meanwhile_still_knows_it(twice, at_township, at_county, county):
    merged = merge(twice, at_township)
    with scope(at_township), connection.cursor() as cursor:
        cursor.execute("select patient_known_to(%s, array[%s])", [twice[0].pk, county.pk])
    patients.unmerge(merged, by=at_township)
    with scope(at_county):
        assert set(Patient.objects.values_list("name", flat=True)) == {"王喆", "王吉吉"}


def test_a_merge_is_parted_once_and_in_order(twice, at_township):
    merged = merge(twice, at_township)
    with pytest.raises(ValidationError, match="已被合并"):
        merge((twice[1], twice[0]), at_township)
    third, _ = patients.register_patient(by=at_township, name="王喆", identity_number="")
    later = patients.merge(third, twice[0], by=at_township, ground="同一人", is_verified=True)
    with pytest.raises(ValidationError, match="不能撤销"):
        patients.unmerge(merged, by=at_township)
    patients.unmerge(later, by=at_township)
    patients.unmerge(merged, by=at_township)
    with pytest.raises(ValidationError, match="不能撤销"):
        patients.unmerge(merged, by=at_township)


def test_a_merge_needs_a_ground(twice, at_township):
    with pytest.raises(ValidationError, match="依据"):
        merge(twice, at_township, ground="  ")


def test_a_stranger_can_neither_merge_nor_part(twice, at_township, make_institution, actor_at):
    stranger = actor_at(make_institution("外埠医院"))
    with pytest.raises(Patient.DoesNotExist), transaction.atomic():
        patients.merge(twice[0], twice[1], by=stranger, ground="试", is_verified=True)
    merged = merge(twice, at_township)
    with pytest.raises(ProgrammingError), transaction.atomic():
        patients.unmerge(merged, by=stranger)
    with scope(stranger):
        assert not PatientMerge.objects.exists()


def test_a_merge_moves_every_row_that_points_to_a_patient():
    """Only what a merge writes itself stays behind: the row, its keys, its merges, and the pairs it was seen in."""
    own = {"registry_patient", "registry_patientkey", "registry_patientmerge", "registry_patientpair"}
    pointing = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.remote_field and field.related_model is Patient and model._meta.db_table not in own
    }
    with connection.cursor() as cursor:
        cursor.execute("select place from patient_pointers()")
        moved = {place for (place,) in cursor.fetchall()}
    assert pointing
    assert pointing == {place for place in moved if place.split(".")[0] not in own}

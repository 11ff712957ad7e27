"""Documents travel with a referral, open with its grounds, come back with its answer, and are never changed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, connections, transaction

from tests.stories.records_cast import POTASSIUM, browser, facts, issued, reads
from tests.world import World
from yilian.domains.records import packing
from yilian.domains.records.issuing import correct_record, mark_error
from yilian.domains.records.models import Ground, PackageItem, Record
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment, make_cast, refused
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.registry.patients import register_patient


@pytest.fixture
def cast(world):
    return make_cast(world)


def as_owner(statement, *values):
    """Run SQL past the walls, as a fault in the machine room would."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def contents(cast, referral, by):
    with scope(by):
        return packing.contents(cast.fresh(referral, by))


def sent(cast, *records, **answers):
    documents = [str(record.pk) for record in records]
    return cast.take(cast.draft(**answers), "send", by=cast.township, documents=documents)


def test_without_a_ground_a_document_is_nowhere_but_at_its_author(cast):
    record = issued(cast.patient, cast.township)
    assert reads(cast.township, record) == "本机构书写"
    for other in (cast.county, cast.city, cast.office, cast.authority, cast.stranger):
        assert reads(other, record) == ""
        with scope(other):
            assert not Record.objects.exists()
            assert not AccessRecord.objects.filter(object_id=str(record.pk)).exists()


def test_a_document_in_the_package_is_read_by_the_receiver_and_only_named_to_the_office(cast):
    record = issued(cast.patient, cast.township)
    other = issued(cast.patient, cast.township, title="未随单的文档")
    referral = sent(cast, record)
    assert reads(cast.county, record) == f"随单资料 {referral.number}"
    assert reads(cast.county, other) == ""
    assert reads(cast.office, record) == ""
    lines = contents(cast, referral, cast.office).lines
    assert [(line.item.title, line.may_open) for line in lines] == [("检验单", False)]


def test_the_ground_of_a_referral_begins_with_its_acceptance_and_is_written_down(cast):
    record, referral = issued(cast.patient, cast.township), cast.sent()
    assert reads(cast.county, record) == ""
    cast.take(referral, "accept", by=cast.county)
    assert reads(cast.county, record) == f"转诊 {referral.number}"
    with scope(cast.county):
        line = AccessRecord.objects.filter(object_kind="record").latest("pk")
        assert (line.action, line.ground) == ("viewed", f"转诊 {referral.number}")


def test_a_receiver_who_gives_the_patient_on_reads_no_more(cast):
    record, referral = issued(cast.patient, cast.township), cast.sent()
    cast.take(referral, "accept", by=cast.county)
    onward = {"receiver": cast.city.institution_id, "redirect_reason": "better_place", "patient_agrees": True}
    cast.take(referral, "refer_onward", by=cast.county, note="转上级", **onward)
    assert reads(cast.county, record) == ""
    assert reads(cast.city, record) == ""


def test_a_document_of_another_patient_is_refused_by_rule_and_by_the_database(cast):
    other, _new = register_patient(by=cast.township, name="何别人", birth_on=date(1988, 1, 1), sex="1")
    record, draft = issued(other, cast.township), cast.draft()
    said = refused(cast, draft, "send", cast.township, documents=[str(record.pk)])
    assert "随单资料应是本患者的有效病历文档" in said
    with scope(cast.township), pytest.raises(DatabaseError, match="another patient"), transaction.atomic():
        packing.put(cast.fresh(draft), [record], by=cast.township, is_addition=False)


def test_what_is_added_after_sending_shows_as_an_addition(cast):
    referral = sent(cast, issued(cast.patient, cast.township))
    later = issued(cast.patient, cast.township, title="后来的检验单")
    cast.take(referral, "add_documents", by=cast.township, documents=[str(later.pk)])
    found = contents(cast, referral, cast.county)
    assert [(line.item.title, line.item.is_addition) for line in found.lines] == [
        ("检验单", False), ("后来的检验单", True),
    ]  # fmt: skip
    assert found.is_whole
    assert found.package.count == 1


CHANGES = (
    ("update records_record set title = '改过'", "update records_record set title = '检验单'"),
    ("update records_observation set number = 5", "update records_observation set number = 3.1"),
    ("update records_packageitem set sha256 = repeat('0', 64)", ""),
)


def test_a_package_changed_after_sending_is_found(fresh_database):
    cast = make_cast(World())
    record = issued(cast.patient, cast.township, observations=[POTASSIUM])
    referral = sent(cast, record)
    assert contents(cast, referral, cast.county).is_whole
    for change, undo in CHANGES:
        as_owner(change)
        assert not contents(cast, referral, cast.county).is_whole, change
        as_owner(undo or "select 1")
    assert "请停止使用" in browser(cast.county).get(referral.get_absolute_url()).content.decode()


def test_a_ground_ends_some_days_after_the_case(fresh_database):
    cast = make_cast(World())
    record, referral = issued(cast.patient, cast.township), cast.sent()
    cast.take(referral, "accept", by=cast.county)
    cast.walk(referral, ("arrive", cast.county, ARRIVAL), ("complete", cast.county, FEEDBACK))
    assert reads(cast.county, record)
    as_owner("update case_file set since = now() - interval '31 days' where id = %s", referral.pk)
    assert reads(cast.county, record) == ""


def test_the_feedback_becomes_a_document_that_comes_back(cast):
    referral = cast.sent()
    done = cast.walk(
        referral, ("accept", cast.county, {}), ("schedule", cast.county, appointment()),
        ("arrive", cast.county, ARRIVAL), ("treat", cast.county, {}), ("complete", cast.county, FEEDBACK),
    )  # fmt: skip
    assert done.state == "completed"
    line = contents(cast, referral, cast.township).lines[0]
    assert (line.item.kind, line.item.is_addition, line.may_open) == ("discharge", True, True)
    with scope(cast.township):
        record = Record.objects.get(pk=line.item.record_id)
    assert [title for title, _text in record.chapters()] == [
        "主要健康问题", "入院诊断", "出院诊断", "治疗计划", "住院过程", "实验室检查",
    ]  # fmt: skip


def test_a_correction_replaces_and_travels_on_and_both_stay(cast):
    old = issued(cast.patient, cast.township, observations=[POTASSIUM])
    referral = sent(cast, old)
    with scope(cast.township):
        new = correct_record(Record.objects.get(pk=old.pk), facts(title="更正的检验单"), by=cast.township)
        packing.carry_correction(old, new, by=cast.township)
    assert all(reads(cast.county, version) for version in (old, new))
    found = contents(cast, referral, cast.county)
    assert [line.status for line in found.lines] == ["已更正", "有效"]
    assert found.is_whole


def test_only_the_author_corrects_and_nobody_changes_what_was_issued(cast):
    record = issued(cast.patient, cast.township)
    sent(cast, record)
    with scope(cast.county), pytest.raises(ValidationError, match="只有书写该文档的机构"):
        mark_error(Record.objects.get(pk=record.pk), by=cast.county, reason="不对")
    for statement in ("update records_record set title = ''", "delete from records_record"):
        with scope(cast.township), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_nobody_writes_a_ground_without_what_proves_it(cast):
    referral = cast.sent()
    with scope(cast.stranger), pytest.raises(DatabaseError), transaction.atomic():
        Ground.objects.create(
            patient=cast.patient, institution_id=cast.stranger.institution_id, kind="referral", case_id=referral.pk,
            side=2, since=referral.since, recorded_in_id=cast.stranger.institution_id, recorded_name="x",
        )  # fmt: skip


def test_what_was_sealed_is_not_taken_out_again(cast):
    referral = sent(cast, issued(cast.patient, cast.township))
    with scope(cast.township):
        PackageItem.objects.filter(case_id=referral.pk).delete()
        assert PackageItem.objects.filter(case_id=referral.pk).count() == 1


def test_values_out_of_their_range_are_flagged_and_shown(cast):
    record = issued(cast.patient, cast.township, observations=[POTASSIUM, {"name": "乙肝表面抗原", "value": "阴性"}])
    page = browser(cast.township).get(record.get_absolute_url()).content.decode()
    assert all(text in page for text in ("3.1", "3.5–5.3", "↓ 偏低", "阴性", "WS/T 500.7"))

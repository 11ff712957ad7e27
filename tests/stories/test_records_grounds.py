"""Grounds beside referrals: consent and its end, encounters, emergencies with their review; and who has looked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.stories.records_cast import browser, issued, reads
from tests.world import COUNTY
from yilian.domains.records.breakglass.clocks import next_working_day
from yilian.domains.records.consents import Terms, give_consent, withdraw_consent
from yilian.domains.records.grounds import ground_by_hand
from yilian.domains.records.models import Consent
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.api.tokens import issue as issue_token
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.refusals import NotYours, StepRefused
from yilian.registry.patients import register_patient

WHY = {"emergency_reason": "unconscious", "circumstances": "车祸送医，意识不清，须了解用药史与过敏史"}


@pytest.fixture
def cast(world):
    return make_cast(world)


def consented(cast, **changes):
    today = clock.today()
    said = {
        "kinds": (), "readers": [cast.city.institution_id], "since_on": today, "until_on": today + timedelta(days=30),
        "signed_by": "冯东桂", "relation": "0", "told_by": "告知者", **changes,
    }  # fmt: skip
    with scope(cast.township):
        return give_consent(cast.patient, Terms(**said), by=cast.township)


def broken(cast, by=None, **changes):
    """Let somebody who knows the patient break the glass."""
    by = by or cast.county
    with scope(by):
        register_patient(by=by, name="冯东桂", identity_number="420121195703010028")
    case = cast.world.open("breakglass", by=by, patient=cast.patient.pk, **{**WHY, **changes})
    return cast.world.take(case, "break", by=by)


@pytest.mark.parametrize(
    ("changes", "is_read"),
    [
        ({}, True),
        ({"kinds": ("laboratory", "prescription")}, True),
        ({"kinds": ("discharge",)}, False),
        ({"since_on": date(2999, 1, 1), "until_on": date(2999, 2, 1)}, False),
        ({"readers": "county"}, False),
    ],
)
def test_a_consent_opens_its_kinds_to_its_readers_in_its_time(cast, changes, is_read):
    record = issued(cast.patient, cast.township)
    if changes.get("readers"):
        changes = {"readers": [cast.county.institution_id]}
    consented(cast, **changes)
    assert bool(reads(cast.city, record)) is is_read


def test_a_consent_withdrawn_while_a_page_is_open_is_refused_with_a_sentence(cast):
    record, consent = issued(cast.patient, cast.township), consented(cast)
    page = browser(cast.city)
    assert page.get(record.get_absolute_url()).status_code == 200
    with scope(cast.city):
        withdraw_consent(Consent.objects.get(pk=consent.pk), by=cast.city, reason="患者来院要求")
    answer = page.get(record.get_absolute_url())
    assert answer.status_code == 403
    assert "依据已经失效" in answer.content.decode()
    assert "紧急调阅" in answer.content.decode()
    assert browser(cast.stranger).get(record.get_absolute_url()).status_code == 404
    with scope(cast.township), pytest.raises(ValidationError, match="已经撤回"):
        withdraw_consent(Consent.objects.get(pk=consent.pk), by=cast.township, reason="")


def test_a_child_does_not_sign_and_a_consent_has_an_end(cast):
    with scope(cast.township):
        child, _new = register_patient(by=cast.township, name="童未满", birth_on=clock.today(), sex="1",
                                       guardian_name="童家长", guardian_relation="5")  # fmt: skip
    cast.patient = child
    with pytest.raises(ValidationError, match="由监护人签署"):
        consented(cast)
    assert consented(cast, relation="5", signed_by="童家长").pk
    with pytest.raises(ValidationError, match="最长 365 天"):
        consented(cast, relation="5", until_on=clock.today() + timedelta(days=800))


def test_an_encounter_wants_a_number_and_a_contract_an_end(cast):
    record = issued(cast.patient, cast.township)
    with scope(cast.county):
        register_patient(by=cast.county, name="冯东桂", identity_number="420121195703010028")
    said = {"by": cast.county, "since": clock.now() - timedelta(minutes=1), "until": None}
    with scope(cast.county), pytest.raises(ValidationError) as refused:
        ground_by_hand(cast.patient.pk, "contract", number=" ", **said)
    assert set(refused.value.message_dict) == {"number", "until"}
    assert reads(cast.county, record) == ""
    with scope(cast.county):
        ground_by_hand(cast.patient.pk, "encounter", number="MZ0001", **said)
    assert reads(cast.county, record) == "就诊 MZ0001"


def test_breaking_the_glass_opens_at_once_and_waits_for_another_person(cast):
    record = issued(cast.patient, cast.township)
    case = broken(cast)
    assert reads(cast.county, record) == f"紧急调阅 {case.number}"
    assert case.review_on == next_working_day(clock.today())
    with pytest.raises(NotYours):
        cast.world.take(case, "justify", by=cast.county)
    home = cast.world.person("quality", at="石桥乡卫生院")
    with scope(home):
        assert [row["id"] for row in queries.inbox(home)] == [case.pk]
    assert cast.world.sees(cast.office, case)
    assert cast.world.take(case, "justify", by=home).state == "justified"


def test_whoever_broke_the_glass_does_not_review_even_with_another_hat(cast):
    both = cast.world.person("doctor", "office", at="江城市第一人民医院")
    case = broken(cast, by=both)
    with pytest.raises(StepRefused, match="复核由他人办理"):
        cast.world.take(case, "justify", by=both)
    with pytest.raises(StepRefused, match="写明复核意见"):
        cast.world.take(case, "reject", by=cast.office)
    assert cast.world.take(case, "reject", by=cast.office, finding="患者清醒，可当面授权").state == "unjustified"


def test_an_emergency_is_told_in_words(cast):
    with pytest.raises(StepRefused, match="不少于 10 个字"):
        broken(cast, circumstances="急")


def test_an_emergency_without_review_shows_as_late(cast):
    with clock.standing_at(clock.now() - timedelta(days=9)):
        case = broken(cast)
    page = browser(cast.office).get(f"/breakglass/{case.pk}/").content.decode()
    assert "至今没有结论" in page
    with scope(cast.office):
        assert next(row["due"] for row in queries.inbox(cast.office)) < clock.now()


def test_the_patient_learns_who_looked_on_what_ground_and_asking_is_recorded(cast):
    record, _consent = issued(cast.patient, cast.township), consented(cast)
    reads(cast.city, record)
    desk = browser(cast.township_desk)
    page = desk.get(f"/patients/{cast.patient.pk}/access/").content.decode()
    assert all(text in page for text in (cast.city.institution_name, cast.city.name, "患者授权"))
    paper = desk.get(f"/patients/{cast.patient.pk}/access.pdf")
    assert paper.content.startswith(b"%PDF")
    with scope(cast.township_desk):
        lines = AccessRecord.objects.filter(object_kind="access_list").order_by("pk")
        assert [line.action for line in lines] == ["viewed", "printed"]


def test_a_document_is_filed_from_the_page_in_the_order_of_the_standard(cast):
    page = browser(cast.township)
    address = f"/patients/{cast.patient.pk}/records/new/?kind=discharge"
    form = page.get(address).content.decode()
    order = [form.index(f'name="section_{key}"') for key in ("problems", "admission_diagnosis", "operations", "tests")]
    assert order == sorted(order)
    said = {"title": "出院小结", "effective_at": "2026-01-05 10:00", "practitioner": "书写者",
            "section_course": "保守治疗后好转", "observations.0.name": "血钾", "observations.0.value": "4.1",
            "observations.0.unit": "mmol/L"}  # fmt: skip
    answer = page.post(address, said)
    assert answer.status_code == 302
    shown = page.get(answer.headers["Location"]).content.decode()
    assert all(text in shown for text in ("保守治疗后好转", "4.1", "mmol/L", "HSDC00.23"))
    assert page.post(address, said | {"effective_at": "2999-01-01 10:00"}).status_code == 422
    timeline = page.get(f"/patients/{cast.patient.pk}/records/").content.decode()
    assert answer.headers["Location"] in timeline


def test_a_program_files_once_reads_with_a_ground_and_corrects(cast):
    user = User.objects.get(pk=cast.township.user_id)
    bearer = {"Authorization": f"Bearer {issue_token(user, user.posts.first())[0]}"}
    client, said = Client(headers=bearer), {
        "patient": str(cast.patient.pk), "kind": "laboratory", "practitioner": "检验科", "number": "L1",
        "effective_at": "2026-01-05T09:30:00+08:00", "sections": {"tests": "电解质"},
        "observations": [{"code": "K", "name": "血钾", "value": 6.1, "unit": "mmol/L", "low": 3.5, "high": 5.3}],
        "files": [{"name": "a.txt.exe", "content": "AAAA"}],
    }  # fmt: skip
    assert client.post("/api/v1/records", said, "application/json").status_code == 422
    made = client.post("/api/v1/records", said | {"files": []}, "application/json")
    assert made.status_code == 201
    body = made.json()
    assert body["observations"][0]["flag"] == "H"
    again = client.post("/api/v1/records", said | {"files": []}, "application/json")
    assert "已有同类型、同编号的有效文档" in again.json()["detail"]
    right = client.post("/api/v1/records", said | {"files": [], "replaces": body["id"]}, "application/json")
    assert right.json()["replaces"] == body["id"]
    assert client.get(made.headers["Location"]).json()["status"] == "superseded"
    listed = client.get(f"/api/v1/records?patient={cast.patient.pk}").json()
    assert [one["id"] for one in listed["items"]] == [right.json()["id"], body["id"]]


def test_the_timeline_of_many_documents_pages_without_gaps(cast, django_assert_max_num_queries):
    for number in range(90):
        issued(cast.patient, cast.township, title=f"第{number:03d}份",
               effective_at=clock.now() - timedelta(hours=number // 2))  # fmt: skip
    page, address, found = browser(cast.township), f"/patients/{cast.patient.pk}/records/", []
    with django_assert_max_num_queries(40):
        page.get(address)
    while address:
        text = page.get(address).content.decode()
        found += [part[:4] for part in text.split(">第")[1:]]
        address = text.partition('class="btn btn-default btn-sm" href="')[2].partition('"')[0]
    assert len(found) == len(set(found)) == 90


def test_the_reviewing_county_knows_the_patient_by_name_only(cast):
    record, case = issued(cast.patient, cast.township), broken(cast, by=cast.city)
    reviewer = cast.world.person("quality", "doctor", at=COUNTY)
    assert not cast.world.sees(reviewer, case)
    assert reads(cast.office, record)  # the lead's own house broke the glass

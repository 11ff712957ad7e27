"""Documents travel between systems as FHIR: out on a ground, in once, in the own name, and whole or not at all."""

from hashlib import sha256

import pytest

from tests.programs import Program
from tests.stories.records_cast import POTASSIUM, browser, facts
from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.domains.records.issuing import issue_record
from yilian.domains.records.models import Observation, Received, Record
from yilian.domains.referral.tests.cast import IDENTITY, make_cast
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.documents import vault
from yilian.kernel.documents.tests import samples
from yilian.kernel.fhir.outcome import encode
from yilian.kernel.fhir.parsing import parse
from yilian.registry.models import Institution
from yilian.registry.patients import register_patient

CODES = {TOWNSHIP: "12420121000000001X", COUNTY: "12420121000000002W"}


@pytest.fixture
def cast(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    made = make_cast(world)
    for name, code in CODES.items():
        Institution.objects.filter(name=name).update(unified_code=code)
    return made


def program(actor) -> Program:
    return Program(User.objects.get(pk=actor.user_id))


def sent(actor, bundle) -> tuple[int, dict, str]:
    content = bundle if isinstance(bundle, bytes) else encode(bundle)
    answer = program(actor).post("fhir/Bundle", content, content_type="application/fhir+json")
    assert answer.headers["Content-Type"].startswith("application/fhir+json")
    return answer.status_code, answer.json(), answer.headers.get("Location", "")


def went_out(cast) -> tuple[Record, dict]:
    """Return a document of the township with values and a file, and the Bundle it goes out as."""
    said = facts(observations=[POTASSIUM, {"name": "尿蛋白", "text": "3.0"}], number="L7", department="检验科")
    with scope(cast.township):
        upload = samples.upload("图像.pdf", samples.PDF)
        record = issue_record(said, patient_id=cast.patient.pk, by=cast.township, uploads=[upload])
    answer = program(cast.township).get(f"fhir/Bundle/{record.pk}")
    assert answer.status_code == 200
    return record, parse(answer.content)


def elsewhere(bundle, identifier="urn:uuid:0191e5a0-0000-7000-8000-00000000000a", number="L8"):
    """Return a Bundle as another system of the same institution would send it: under its own name and number."""
    bundle["identifier"]["value"] = identifier
    bundle["entry"][0]["resource"]["identifier"]["value"] = number
    return bundle


def resource(bundle, kind):
    return next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind)


def test_a_document_goes_out_and_comes_in_with_the_same_words_values_and_files(cast):
    record, bundle = went_out(cast)
    content = encode(elsewhere(bundle))
    status, told, address = sent(cast.township, content)
    assert (status, told["issue"][0]["severity"], len(told["issue"])) == (201, "information", 1)
    with scope(cast.township):
        made = Record.objects.get(pk=address.rpartition("/")[2])
        plain = ("kind", "title", "department", "practitioner", "effective_at", "sections", "patient_id")
        assert [getattr(made, name) for name in plain] == [getattr(record, name) for name in plain]
        columns = ("name", "number", "text", "unit", "low", "high", "flag")
        values = [list(Observation.objects.filter(record=row).values_list(*columns)) for row in (record, made)]
        assert values[0] == values[1]
        assert [(file.file_name, file.sha256) for file in made.files.all()] == [
            (file.file_name, file.sha256) for file in record.files.all()
        ]
        kept = Received.objects.get(record=made)
        assert (kept.sha256, vault.content(kept.storage_key, kept.sha256)) == (sha256(content).hexdigest(), content)
    assert program(cast.township).get(f"records/{made.pk}/original").content == content
    assert sent(cast.township, content)[::2] == (200, address)


def test_the_same_identifier_with_another_content_is_refused_and_a_correction_has_its_own(cast):
    _record, bundle = went_out(cast)
    assert sent(cast.township, bundle)[0] == 409
    status, _told, address = sent(cast.township, elsewhere(bundle))
    resource(bundle, "Composition")["title"] = "更正后的检验单"
    status, told, _none = sent(cast.township, bundle)
    assert (status, told["issue"][0]["code"]) == (409, "conflict")
    assert "relatesTo" in told["issue"][0]["diagnostics"]
    corrected = elsewhere(bundle, identifier="urn:uuid:0191e5a0-0000-7000-8000-00000000000b")
    target = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:0191e5a0-0000-7000-8000-00000000000a"}
    resource(corrected, "Composition")["relatesTo"] = [{"code": "replaces", "targetIdentifier": target}]
    status, _told, later = sent(cast.township, corrected)
    assert status == 201
    old = program(cast.township).get(f"records/{address.rpartition('/')[2]}").json()
    new = program(cast.township).get(f"records/{later.rpartition('/')[2]}").json()
    assert (old["status"], new["replaces"]) == ("superseded", old["id"])
    superseded = program(cast.township).get(f"fhir/Bundle/{old['id']}")
    assert (superseded.status_code, superseded.json()["resourceType"]) == (409, "OperationOutcome")


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (lambda one: resource(one, "Patient")["identifier"].pop(0), "", ""),
        (lambda one: resource(one, "Patient").pop("identifier"), "required", "身份证件号码"),
        (lambda one: resource(one, "Patient")["identifier"][0].update(value="420121195703010029"), "value", "校验"),
        (lambda one: resource(one, "Patient")["identifier"][0].update(value="110101199003070011"), "conflict",
         "不一致"),
        (lambda one: resource(one, "Patient")["identifier"][0].pop("type"), "required", "证件类型"),
        (lambda one: resource(one, "Patient").update(name=[{"text": "别人"}]), "conflict", "姓名"),
        (lambda one: resource(one, "Patient").update(birthDate="1960-01-01"), "conflict", "出生日期"),
        (lambda one: resource(one, "Patient").update(identifier=[
            {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:00000000-0000-4000-8000-000000000000"}]),
         "not-found", "先登记"),
        (lambda one: resource(one, "Organization")["identifier"][0].update(value=CODES[COUNTY]), "forbidden",
         "书写机构"),
        (lambda one: resource(one, "Composition").update(date="2999-01-01", event=[]), "structure", "非空"),
        (lambda one: resource(one, "Composition")["event"][0]["period"].update(start="2999-01-01"), "business-rule",
         "将来"),
        (lambda one: resource(one, "Composition").update(title="长" * 201), "too-long", "最多 200"),
        (lambda one: resource(one, "Composition")["identifier"].update(value="L7"), "business-rule", "同编号"),
        (lambda one: resource(one, "DocumentReference")["content"][0]["attachment"].update(title="a.exe"),
         "business-rule", "exe"),
    ],
)  # fmt: skip
def test_what_does_not_prove_itself_is_refused_and_nothing_is_kept(cast, change, code, sentence):
    _record, bundle = went_out(cast)
    change(elsewhere(bundle))
    status, told, _address = sent(cast.township, bundle)
    if not code:
        assert status == 201
        return
    assert status == 422
    assert any(issue["code"] == code and sentence in issue["diagnostics"] for issue in told["issue"]), told
    with scope(cast.township):
        assert (Record.objects.count(), Received.objects.count()) == (1, 0)


def test_a_document_leaves_on_the_ground_on_which_it_is_read(cast):
    record, _bundle = went_out(cast)
    stranger = Program(cast.world.user("doctor", at=ELSEWHERE)).get(f"fhir/Bundle/{record.pk}")
    assert (stranger.status_code, stranger.json()["issue"][0]["code"]) == (404, "not-found")
    assert browser(cast.stranger).get(f"/records/{record.pk}/fhir/").status_code == 404
    page = browser(cast.township)
    assert "导出 FHIR" in page.get(record.get_absolute_url()).content.decode()
    file = page.get(f"/records/{record.pk}/fhir/")
    assert resource(parse(file.content), "Patient")["identifier"][0]["value"] == IDENTITY
    with scope(cast.township):
        lines = AccessRecord.objects.filter(institution_id=cast.township.institution_id, action="exported")
        assert {(line.object_id, line.ground) for line in lines} == {(str(record.pk), "本机构书写")}
        assert AccessRecord.objects.filter(action="revealed", ground="本机构书写").exists()


def test_a_page_takes_a_file_of_this_patient_and_tells_every_fault(cast):
    _record, bundle = went_out(cast)
    strange = {"title": "护理评估", "text": {"status": "generated", "div": "<div>跌倒风险</div>"}}
    resource(elsewhere(bundle), "Composition")["section"].append(strange)
    page, address = browser(cast.township), f"/patients/{cast.patient.pk}/records/fhir/"
    assert "导入文件" in page.get(f"/patients/{cast.patient.pk}/records/new/").content.decode()
    with scope(cast.township):
        other, _new = register_patient(by=cast.township, name="童另一")
    upload = {"file": samples.upload("a.json", encode(bundle))}
    refused = page.post(f"/patients/{other.pk}/records/fhir/", upload)
    assert (refused.status_code, "另一名患者" in refused.content.decode()) == (422, True)
    assert "请选择文件" in page.post(address, {}).content.decode()
    bad = page.post(address, {"file": samples.upload("a.json", b'{"resourceType": "Bundle", "type": "x"}')})
    assert all(text in bad.content.decode() for text in ("Bundle.type", "值集"))
    taken = page.post(address, {"file": samples.upload("a.json", encode(bundle))})
    assert taken.status_code == 302
    shown = page.get(taken.headers["Location"]).content.decode()
    assert all(text in shown for text in ("护理评估", "下载原文", sha256(encode(bundle)).hexdigest()))
    assert page.get(f"{taken.headers['Location']}original/").content == encode(bundle)


def test_everything_below_the_address_speaks_fhir(cast, client):
    told = client.get("/api/v1/fhir/metadata").json()
    assert (told["resourceType"], told["fhirVersion"]) == ("CapabilityStatement", "4.0.1")
    nobody = client.post("/api/v1/fhir/Bundle", b"{}", "application/fhir+json")
    assert (nobody.status_code, nobody.json()["issue"][0]["code"]) == (401, "login")
    assert sent(cast.township, b"{")[1]["issue"][0]["code"] == "structure"
    wrong = program(cast.township).post("fhir/Bundle", b"<x/>", content_type="application/fhir+xml")
    assert (wrong.status_code, wrong.json()["resourceType"]) == (415, "OperationOutcome")
    assert program(cast.township).delete("fhir/Bundle").json()["issue"][0]["code"] == "not-supported"

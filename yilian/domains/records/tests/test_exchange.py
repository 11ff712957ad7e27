"""A document that goes out as FHIR comes in as the same document; what is wrong with one is said with its place."""

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yilian.domains.records.exchange.codes import section_of_values
from yilian.domains.records.exchange.composing import compose
from yilian.domains.records.exchange.document import Attached, Document, House, Person, Value
from yilian.domains.records.exchange.interpreting import UnfitDocumentError, interpret
from yilian.domains.records.kinds import record_kinds
from yilian.kernel.fhir.bundle import document_faults
from yilian.kernel.fhir.outcome import encode
from yilian.kernel.fhir.parsing import UnreadableError, parse

AT = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=8)))
WORDS = st.text(st.sampled_from("甲乙丙A<&>\"'é—𠮷1"), min_size=1, max_size=8)
PROSE = st.lists(st.text(st.sampled_from("主诉<&>\"' \t胸痛3小时/]]>—𠮷"), max_size=12), min_size=1, max_size=4).map(
    lambda lines: "\n".join(lines).strip()
)
KEYS = st.uuids(version=4)
NUMBERS = st.decimals(-(10**11), 10**11, places=4, allow_nan=False)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
RESULTS = st.one_of(
    st.builds(dict, number=NUMBERS, unit=st.sampled_from(("", "mmol/L", "10*9/L")),
              low=st.none() | NUMBERS, high=st.none() | NUMBERS),
    st.builds(dict, text=st.sampled_from(("阴性", "3.10", "<0.01", ">=5", "< 3", "≤4"))),
)  # fmt: skip
VALUES = st.builds(
    lambda name, code, flag, result: Value(name, code=code, flag=flag, **result),
    WORDS, st.sampled_from(("", "K", "2823-3")), st.sampled_from(("", "H", "L", "↑")), RESULTS,
)  # fmt: skip


def _file(name: str, content: bytes) -> Attached:
    return Attached(f"{name}.pdf", "application/pdf", len(content), sha256(content).hexdigest(), content)


@st.composite
def documents(draw) -> Document:
    kind = record_kinds[draw(st.sampled_from([one.key for one in record_kinds]))]
    texts = {section.key: draw(PROSE) for section in kind.sections if draw(st.booleans())}
    return Document(
        identifier=f"urn:uuid:{draw(KEYS)}", kind=kind.key, title=draw(WORDS), practitioner=draw(WORDS),
        patient=Person(draw(WORDS), draw(st.sampled_from("0129")), draw(st.none() | st.dates(date(1900, 1, 1))),
                       draw(KEYS), draw(st.sampled_from(((), (("01", "420121195703010028"),))))),
        house=House(draw(WORDS), "12420100000000001X", draw(st.sampled_from(("", "PDY00001")))),
        department=draw(st.just("") | WORDS), effective_at=draw(MOMENTS), issued_at=draw(MOMENTS),
        number=draw(st.sampled_from(("", "ZY-7"))), status=draw(st.sampled_from(("final", "amended"))),
        sections=tuple((key, text) for key, text in texts.items() if text),
        values=tuple(draw(st.lists(VALUES, max_size=3))) if section_of_values(kind) else (),
        files=tuple(draw(st.lists(st.builds(_file, WORDS, st.binary(min_size=1, max_size=9)), max_size=2))),
        replaces=draw(st.just("") | KEYS.map(lambda key: f"urn:uuid:{key}")),
    )  # fmt: skip


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(documents())
def test_what_goes_out_comes_in_equal_and_is_sound(document):
    bundle = parse(encode(compose(document, at=AT)))
    assert document_faults(bundle) == []
    again, left = interpret(bundle)
    assert again == document
    assert left == []


def good() -> dict:
    """Return a good document as it arrives."""
    content = b"%PDF-1.4"
    file = Attached("片子.pdf", "application/pdf", len(content), sha256(content).hexdigest(), content)
    document = Document(
        identifier="urn:uuid:0191e5a0-0000-7000-8000-000000000001", kind="discharge", title="出院小结",
        patient=Person("冯东桂", "2", date(1957, 3, 1), UUID(int=7), (("01", "420121195703010028"),)),
        house=House("甲医院", "12420100000000001X"), practitioner="书写者", department="内科", effective_at=AT,
        issued_at=AT, sections=(("discharge_diagnosis", "冠心病"), ("course", "补液\n好转")),
        values=(Value("血钾", "K", Decimal("3.1"), unit="mmol/L", low=Decimal("3.5"), high=Decimal("5.3"), flag="L"),),
        files=(file,),
    )  # fmt: skip
    return parse(encode(compose(document, at=AT)))


def of(bundle: dict, kind: str) -> dict:
    return next(entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind)


def put(**changes):
    return lambda resource: resource.update(changes)


@pytest.mark.parametrize(
    ("kind", "change", "place", "sentence"),
    [
        ("Bundle", put(type="collection"), "Bundle.type", "document"),
        ("Bundle", lambda one: one.pop("identifier"), "Bundle.identifier", "标识"),
        ("Bundle", put(timestamp="2026-11-22"), "Bundle.timestamp", "instant"),
        ("Bundle", lambda one: one["entry"].reverse(), "Bundle.entry[0].resource", "Composition"),
        ("Bundle", lambda one: one["entry"].append(one["entry"][1]), "Bundle.entry.fullUrl", "两次"),
        ("Composition", put(status="preliminary"), ".status", "定稿"),
        ("Composition", put(status="done"), ".status", "值集"),
        ("Composition", put(type={"text": "别的"}, category=[{"text": "x"}]), ".type", "文档类型"),
        ("Composition", put(sectoin=[]), ".sectoin", "没有元素"),
        ("Composition", put(title=" "), ".title", "string"),
        ("Composition", put(date="2026-02-30"), ".date", "dateTime"),
        ("Composition", put(author=[]), ".author", "非空"),
        ("Composition", put(subject={"reference": "urn:uuid:9"}), ".subject.reference", "不在文档内"),
        ("Composition", put(event=[{"period": {"start": "2026"}}]), ".period.start", "精确到日"),
        ("Composition", put(modifierExtension=[{"url": "x"}]), ".modifierExtension", "含义"),
        ("Patient", put(birthDate="yesterday"), "entry[1].resource.birthDate", "date"),
        ("Patient", put(active="yes"), "entry[1].resource.active", "boolean"),
        ("Organization", lambda one: one.pop("identifier"), ".author", "统一社会信用代码"),
        ("Practitioner", put(name=[{"given": []}]), ".name[0].given", "非空"),
        ("Observation", lambda one: one.pop("code"), ".code", "缺少"),
        ("Observation", put(subject={"reference": "Patient/9"}), ".subject", "另一名患者"),
        ("DocumentReference", put(subject={"reference": "Patient/9"}), ".subject", "另一名患者"),
        ("Observation", put(valueString="x"), ".value", "只能有一个"),
        ("Binary", put(data="AAAA"), ".attachment", "不符"),
        ("DocumentReference", put(status="final"), ".status", "值集"),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_sentence(kind, change, place, sentence):
    bundle = good()
    change(bundle if kind == "Bundle" else of(bundle, kind))
    with pytest.raises(UnfitDocumentError) as unfit:
        interpret(bundle)
    assert any(place in issue.expression and sentence in issue.text for issue in unfit.value.issues), unfit.value.issues


def test_what_is_not_understood_stays_in_the_original_and_is_named():
    bundle = good()
    composition = of(bundle, "Composition")
    strange = {"title": "护理评估", "text": {"status": "generated", "div": "<div>跌倒风险</div>"}}
    composition["section"].append(strange)
    bundle["entry"].append({"fullUrl": "urn:uuid:m", "resource": {"resourceType": "MedicationRequest", "status": "x"}})
    preliminary = deepcopy(of(bundle, "Observation")) | {"status": "preliminary"}
    bundle["entry"].append({"fullUrl": "urn:uuid:o", "resource": preliminary})
    composition["section"][0]["entry"] = [{"reference": "urn:uuid:o"}]
    document, left = interpret(bundle)
    assert [value.name for value in document.values] == ["血钾"]
    assert [(issue.severity, "护理评估" in issue.text or issue.text.split()[0]) for issue in left] == [
        ("warning", True), ("warning", "MedicationRequest"), ("warning", "Observation"),
    ]  # fmt: skip


def test_diagnoses_speak_where_a_section_has_no_text_and_sections_are_known_by_loinc_or_title():
    bundle = good()
    composition, div = of(bundle, "Composition"), "<div><p>甲</p>\n<p>乙 丙</p></div>"
    composition["section"] = [
        {"code": {"coding": [{"system": "http://loinc.org", "code": "11535-2"}]},
         "entry": [{"reference": "urn:uuid:c"}]},
        {"title": "外层", "section": [{"title": "住院过程", "text": {"status": "generated", "div": div}}]},
    ]  # fmt: skip
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "I20.0"}], "text": "不稳定型心绞痛"}
    condition = {"resourceType": "Condition", "code": code, "subject": composition["subject"]}
    bundle["entry"].append({"fullUrl": "urn:uuid:c", "resource": condition})
    document, left = interpret(bundle)
    assert document.sections == (("discharge_diagnosis", "不稳定型心绞痛（I20.0）"), ("course", "甲\n乙 丙"))
    assert [issue.text.split()[0] for issue in left] == ["Observation"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff", "UTF-8"),
        (b"{", "JSON"),
        (b'{"resourceType": "Bundle", "type": "document", "type": "batch"}', "两次"),
        (b'{"resourceType": "Bundle", "total": NaN}', "NaN"),
        (b'{"resourceType": "Bundle", "total": 1e999999999}', "数字"),
        (b'{"resourceType": "Bundle", "x": ' + b"[" * 60 + b"]" * 60 + b"}", "嵌套"),
        (b"[" * 100_000, "嵌套"),
        (b'{"resourceType": "Bundle", "x": "\\ud800"}', "字符"),
        (b'{"resourceType": "Bundle", "\\u0000": 1}', "字符"),
        (b"[1]", "FHIR"),
        (b'{"resourceType": 7}', "FHIR"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UnreadableError, match=sentence):
        parse(content)

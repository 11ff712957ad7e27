"""In-patients are reported behind their own wall; whom a person holds fit is matched with places; a doctor decides."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import connections
from python_calamine import CalamineWorkbook

from tests.stories.services_cast import Program, browser, offered, ward
from tests.world import World
from yilian.domains.capacity.board.reporting import Said, add_resource, report
from yilian.domains.capacity.models import Indication
from yilian.domains.inpatient import api as inpatient
from yilian.domains.inpatient.models import Decision, FitSpan, Mark, Stay
from yilian.domains.inpatient.reporting import report_stay
from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.records.models import PackageItem
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.imports.running import take_in
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.workflow.refusals import StaleFactsError
from yilian.registry.models import Code, Institution
from yilian.reports.finder import medicine
from yilian.reports.finder.actions import draft
from yilian.reports.finder.suggesting import Finder

DAY = timedelta(days=1)
GENERAL, CARDIAC = "02", "03.04"
IDENTITY = "420121195703010028"
COLUMNS = ("住院号", "姓名", "身份证号", "科室", "诊断编码", "诊断", "入院日期", "出院日期", "符合的下转指征")
CHRONIC = "诊断与治疗方案明确，病情稳定，可在基层或居家口服药物"


def subject(code):
    return Code.objects.get(system="specialty", code=code)


@pytest.fixture
def cast(world):
    return furnished(world)


def furnished(world):
    cast = make_cast(world)
    with scope(cast.county):
        cast.ward = ward(cast.county)
        type(cast.ward).objects.filter(pk=cast.ward.pk).update(subject=subject(CARDIAC))
    cast.service = offered(cast.township_desk, "全科接续治疗", directions=["down"], subject=subject(GENERAL))
    cast.chronic = Indication.objects.get(shipped_key="chronic", consortium=None)
    return cast


def lying(cast, number="ZY1", *, met=(), by=None, **facts):
    known = {"bed": "12", "diagnosis": "I10", "diagnosis_name": "高血压3级", "admitted_on": clock.today() - 9 * DAY}
    person = {"name": "冯东桂", "identity_number": IDENTITY}
    by = by or cast.county
    with scope(by):
        stay, _saved = report_stay(
            by=by, admission_number=number, person=person, source="api", **known | {"department": cast.ward} | facts
        )
        if met:
            inpatient.say(stay.pk, {one.pk: one.condition for one in met}, {}, by=by)
        return Stay.objects.get(pk=stay.pk)


def beds(by, free, hours=1):
    at = clock.now() - timedelta(hours=hours)
    with scope(by), clock.standing_at(at):
        resource = add_resource(by=by, kind="bed", name=f"普通床 {free} {hours}")
        report(resource, Said(free, None, at), by=by, source="page")


def places(cast, stay, **more):
    with scope(cast.county):
        return Finder(cast.county).find([stay.pk], **more).get(stay.pk, [])


def book(
    *rows, columns=("住院号", "姓名", "身份证号", "科室", "诊断编码", "诊断", "入院日期", "出院日期", "符合的下转指征")
):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        page = workbook.add_worksheet()
        for number, row in enumerate((COLUMNS, *rows)):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def brought(cast, *rows):
    with scope(cast.county):
        return take_in(sheets["inpatients"], by=cast.county, file_name="在院.xlsx", content=book(*rows), is_dry=False)


ROW = ("ZY1", "冯东桂", IDENTITY, "心血管内科", "I10", "高血压3级", "2026-01-05", "", "")


def test_a_workbook_brings_them_in_once_per_number_and_says_what_is_wrong_with_a_row(cast):
    assert brought(cast, ROW).created == 1
    assert brought(cast, ROW).unchanged == 1
    assert brought(cast, (*ROW[:7], "2026-01-09", "")).updated == 1
    with scope(cast.county):
        stay = Stay.objects.get()
        assert (stay.admission_number, stay.is_here, stay.patient.name) == ("ZY1", False, "冯东桂")
    wrong = brought(cast, ("ZY1", "何别人", *ROW[2:]), (*ROW[:3], "不存在科", *ROW[4:]), ("ZY2", *ROW[1:8], "会好的"))
    assert wrong.failed == 3
    with scope(cast.county):
        assert Stay.objects.count() == 1


def test_a_report_names_indications_by_number_or_words_and_a_doctor_is_not_overruled_by_its_repetition(cast):
    brought(cast, (*ROW[:8], f"{cast.chronic.pk}；术后恢复，需康复治疗"))
    with scope(cast.county):
        stay = Stay.objects.get()
        assert stay.fit_since == clock.today()
        assert {mark.condition for mark in Mark.objects.all()} == {CHRONIC, "术后恢复，需康复治疗"}
        inpatient.hold_unfit(stay.pk, reason="unstable", note="", seen=None, by=cast.county)
    brought(cast, (*ROW[:8], f"{cast.chronic.pk}；术后恢复，需康复治疗"))
    with scope(cast.county):
        assert Stay.objects.get().fit_since is None
        inpatient.say(stay.pk, {cast.chronic.pk: CHRONIC}, {}, by=cast.county)
        assert Stay.objects.get().fit_since == clock.today()


def test_an_indication_for_going_up_or_one_nobody_knows_is_refused(cast):
    up = Indication.objects.filter(direction="up").first()
    for word in (str(up.pk), "999999", up.condition):
        assert brought(cast, (*ROW[:8], word)).failed == 1


def test_only_the_institution_sees_its_beds(cast):
    stay = lying(cast, met=(cast.chronic,))
    for other in (cast.township, cast.city, cast.office, cast.authority, cast.stranger):
        with scope(other):
            assert not Stay.objects.exists()
            assert not Mark.objects.exists()
            assert not FitSpan.objects.exists()
            assert inpatient.read_stay(stay.pk, cast.county.institution_id) is None
        assert browser(other).get(f"/finder/{stay.pk}/").status_code == 404
        assert "ZY1" not in browser(other).get("/inpatients/").content.decode()


def test_a_place_needs_a_service_that_takes_the_patient_and_says_why(cast):
    stay = lying(cast, met=(cast.chronic,))
    (place,) = places(cast, stay)
    assert place.institution_id == cast.township.institution_id
    said = [why.text for why in place.whys]
    assert said[:3] == ["有“全科接续治疗”，全科医疗，可接续治疗", "空床数不详", "患者居住地不详"]
    beds(cast.township_desk, 3)
    assert "空床 3 张" in places(cast, stay)[0].sentence
    same = offered(cast.city_desk, "心内康复", directions=["down"], subject=subject(CARDIAC))
    assert [one.service_id for one in places(cast, stay)] == [cast.service.pk, same.pk]
    for age, count in ((10, 1), (90, 2)):
        with scope(cast.city_desk):
            type(same).objects.filter(pk=same.pk).update(age_until=age)
        assert len(places(cast, stay)) == count


def test_the_family_doctor_comes_first_and_a_full_house_last(cast):
    city = offered(cast.city_desk, "全科", directions=["down"], subject=subject(GENERAL))
    stay = lying(cast, family_institution=Institution.objects.get(pk=cast.city.institution_id))
    assert [place.service_id for place in places(cast, stay)] == [city.pk, cast.service.pk]
    assert "家庭医生" in places(cast, stay)[0].sentence
    beds(cast.city_desk, 0)
    assert [place.service_id for place in places(cast, stay)] == [cast.service.pk, city.pk]
    assert "无空床" in places(cast, stay)[1].sentence


def test_stale_figures_count_as_unknown(cast):
    beds(cast.township_desk, 5, hours=200)
    (place,) = places(cast, lying(cast))
    assert "空床数已过时，请先电话核实" in place.sentence


def test_medicines_are_unknown_until_a_catalogue_says(cast, monkeypatch):
    stay = lying(cast, medicines=["氨氯地平", "阿司匹林"])
    names = ["氨氯地平", "阿司匹林"]
    assert "药品不详：氨氯地平、阿司匹林" in places(cast, stay, medicines=names)[0].sentence
    shelf = {(cast.township.institution_id, "氨氯地平"): True, (cast.township.institution_id, "阿司匹林"): False}
    monkeypatch.setattr(medicine, "stocks", [lambda institutions, wanted: shelf])
    assert "缺药：阿司匹林" in places(cast, stay, medicines=names)[0].sentence


def test_one_press_drafts_the_referral_with_its_package(cast):
    stay = lying(cast, met=(cast.chronic,), temperature=Decimal("36.5"), pulse=72)
    with scope(cast.county):
        said = Facts("laboratory", "检验报告", "医师", clock.now(), {"tests": "血钾"})
        record = issue_record(said, patient_id=stay.patient_id, by=cast.county)
    page = browser(cast.county)
    asked = page.post(f"/finder/{stay.pk}/draft/", {"place": cast.township.institution_id, "_version": stay.version})
    with scope(cast.county):
        referral = Referral.objects.get(direction="down")
        assert asked.headers["Location"] == referral.get_absolute_url()
        assert (referral.receiver_id, referral.record_number, referral.pulse) == (
            cast.township.institution_id, "ZY1", 72)  # fmt: skip
        assert referral.chosen_service.service_id == cast.service.pk
        assert [used.indication_id for used in referral.used_indications.all()] == [cast.chronic.pk]
        assert [item.record_id for item in PackageItem.objects.filter(case=referral)] == [record.pk]
        assert inpatient.fit_stays(cast.county.institution_id, most=9) == []
        (line,) = inpatient.drafted_stays(cast.county.institution_id)
        assert (line["case"], line["days_fit"]) == (referral.number, 0)
    again = page.post(f"/finder/{stay.pk}/draft/", {"place": cast.township.institution_id}, follow=True)
    assert "已拟下转单" in again.content.decode()
    with scope(cast.county):
        assert Referral.objects.filter(direction="down").count() == 1
    cast.take(referral, "discard", by=cast.county)
    with scope(cast.county):
        assert len(inpatient.fit_stays(cast.county.institution_id, most=9)) == 1


def test_what_was_changed_meanwhile_is_not_decided(cast):
    stay = lying(cast, met=(cast.chronic,))
    lying(cast, bed="13")
    with scope(cast.county):
        with pytest.raises(StaleFactsError):
            draft(stay.pk, cast.township.institution_id, seen=stay.version, by=cast.county)
        with pytest.raises(ValidationError, match="请从建议的机构中选择"):
            draft(stay.pk, cast.stranger.institution_id, seen=None, by=cast.county)
        inpatient.look_later(stay.pk, until_on=clock.today() + DAY, note="", seen=None, by=cast.county)
        assert inpatient.fit_stays(cast.county.institution_id, most=9) == []
        with pytest.raises(ValidationError, match="今天之后"):
            inpatient.look_later(stay.pk, until_on=clock.today(), note="", seen=None, by=cast.county)
    with clock.standing_at(clock.now() + DAY), scope(cast.county):
        assert len(inpatient.fit_stays(cast.county.institution_id, most=9)) == 1
    lying(cast, discharged_on=clock.today())
    with scope(cast.county), pytest.raises(ValidationError, match="患者已出院"):
        draft(stay.pk, cast.township.institution_id, seen=None, by=cast.county)


def test_of_two_who_draft_at_once_one_referral_is_made(fresh_database):
    cast = furnished(World())
    stay = lying(cast, met=(cast.chronic,))
    barrier = Barrier(2)

    def press(_number):
        try:
            barrier.wait(timeout=60)
            with scope(cast.county):
                return draft(stay.pk, cast.township.institution_id, seen=None, by=cast.county).number
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(press, (1, 2)))
    assert sum("已拟下转单" in result for result in results) == 1
    with scope(cast.county):
        assert (Decision.objects.count(), Referral.objects.count()) == (1, 1)


def test_days_fit_and_still_here_are_counted_across_the_month_end(cast):
    with clock.standing_at(clock.now() - 40 * DAY):
        stay = lying(cast, met=(cast.chronic,))
    today = clock.today()
    with scope(cast.county):
        value = evaluate("inpatient.fit_days", cast.county.institution_id, period=Period(today - 100 * DAY, today))
        assert (value.value, value.rows().count()) == (40, 1)
        part = evaluate("inpatient.fit_days", cast.county.institution_id, period=Period(today - 9 * DAY, today + DAY))
        assert part.value == 9
    with clock.standing_at(clock.now() - 10 * DAY), scope(cast.county):
        inpatient.say(stay.pk, {}, {cast.chronic.pk: CHRONIC}, by=cast.county)
    with scope(cast.county):
        value = evaluate("inpatient.fit_days", cast.county.institution_id, period=Period(today - 100 * DAY, today))
        assert value.value == 30
    with scope(cast.city):
        period = Period(today - 100 * DAY, today)
        assert evaluate("inpatient.fit_days", cast.county.institution_id, period=period).value == 0


def test_a_doctor_judges_in_pages_and_others_only_read(cast):
    stay = lying(cast)
    page = browser(cast.county)
    assert "尚未判断" in page.get(f"/finder/{stay.pk}/").content.decode()
    page.post(f"/finder/{stay.pk}/marks/", {f"mark_{cast.chronic.pk}": "met"})
    assert "冯东桂" in page.get("/finder/").content.decode()
    assert page.post(f"/finder/{stay.pk}/unfit/", {"reason": "other"}).status_code == 422
    assert page.post(f"/finder/{stay.pk}/unfit/", {"reason": "other", "note": "家属商量中"}).status_code == 302
    assert "家属商量中" in page.get(f"/finder/{stay.pk}/").content.decode()
    assert browser(cast.county_desk).get(f"/finder/{stay.pk}/marks/").status_code == 403
    assert browser(cast.county_desk).post(f"/finder/{stay.pk}/draft/").status_code == 403


def test_programs_report_find_and_decide(cast):
    program = Program(cast.county)
    item = {"admission_number": "ZY7", "name": "冯东桂", "identity_number": IDENTITY, "department": cast.ward.pk,
            "diagnosis": "I10", "diagnosis_name": "高血压", "admitted_on": "2026-01-02", "met": [cast.chronic.pk],
            "medicines": "氨氯地平；阿司匹林"}  # fmt: skip
    made = program.asks("inpatients", {"items": [item]})
    assert (made.status_code, made.json()["items"][0]["saved"]) == (201, "created")
    bad = program.asks("inpatients", {"items": [item, item | {"admission_number": "ZY8", "admitted_on": "2099-01-01"}]})
    assert "第 2 项" in bad.json()["reasons"][0]["text"]
    (line,) = program.asks("finder").json()["items"]
    assert line["met"] == [CHRONIC]
    assert line["places"][0]["institution"] == cast.township.institution_id
    whole = program.asks(f"finder/{line['id']}").json()
    assert {one["is_met"] for one in whole["indications"]} == {True, None}
    stale = program.asks(f"finder/{line['id']}/decision", {"decision": "draft", "version": 99})
    assert stale.status_code == 409
    asked = {"decision": "draft", "version": line["version"], "place": cast.township.institution_id}
    assert program.asks(f"finder/{line['id']}/decision", asked).json()["number"].startswith("ZZ")
    assert Program(cast.city).asks(f"finder/{line['id']}").status_code == 404


def test_the_list_is_handed_out_as_a_workbook(cast):
    lying(cast, met=(cast.chronic,))
    answer = browser(cast.county).get("/finder/export.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "冯东桂"
    assert rows[1][9] == "石桥乡卫生院"
    assert "冯东桂" not in browser(cast.city).get("/finder/export.xlsx").content.decode(errors="replace")

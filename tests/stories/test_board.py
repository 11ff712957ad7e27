"""The capacity board: figures with their age and reporter, seen within one's consortia only."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.stories.services_cast import Program, browser, ward
from yilian.domains.capacity.board import reporting
from yilian.domains.capacity.board.reporting import Said, add_resource, confirm_by_phone, report, switch_resource
from yilian.domains.capacity.board.watching import Wish, board
from yilian.domains.capacity.models import Report, Resource
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.imports.running import take_in
from yilian.kernel.imports.sheet import sheets

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def beds(cast):
    desk = cast.county_desk
    with scope(desk):
        return add_resource(by=desk, kind="bed", name="普通床", department=ward(desk))


def reported(cast, beds, free, *, ago=MINUTE, **rest):
    with scope(cast.county_desk):
        said = Said(free, rest.pop("total", 40), clock.now() - ago)
        return report(beds, said, by=cast.county_desk, source="page", **rest)


def lines(actor, **wish):
    with scope(actor):
        return [(line.resource.name, line.resource.free, line.age) for line in board(actor, Wish(**wish))]


def test_members_and_the_authority_see_it_and_strangers_do_not(cast, beds):
    reported(cast, beds, 3)
    for actor in (cast.county, cast.township, cast.city, cast.authority):
        assert lines(actor) == [("普通床", 3, "fresh")]
    assert lines(cast.stranger) == []
    with scope(cast.stranger):
        assert not Report.objects.exists()


@pytest.mark.parametrize(("ago", "age"), [(119 * MINUTE, "fresh"), (121 * MINUTE, "ageing"), (25 * HOUR, "stale")])
def test_a_figure_ages(cast, beds, ago, age):
    reported(cast, beds, 3, ago=ago)
    assert lines(cast.township) == [("普通床", 3, age)]


def test_what_was_never_reported_is_unknown_not_zero(cast, beds):
    assert lines(cast.township) == [("普通床", None, "never")]
    assert lines(cast.township, only_free=True) == []


def test_the_latest_as_of_counts_not_the_last_written(cast, beds):
    reported(cast, beds, 3)
    reported(cast, beds, 9, ago=DAY)
    assert lines(cast.township)[0][1] == 3
    with scope(cast.township):
        assert beds.reports.count() == 2


def test_a_telephone_call_is_written_down_by_another_and_replaced_by_the_owners_word(cast, beds):
    with scope(cast.township):
        said = Said(2, None, clock.now() - MINUTE)
        confirm_by_phone(beds, said, by=cast.township, confirmed_with="护士长王")
    page = browser(cast.city).get(f"/capacity/{beds.pk}/").content.decode()
    assert "电话问 护士长王" in page
    reported(cast, beds, 5, ago=timedelta(0))
    row = Resource.objects.filter(pk=beds.pk)
    with scope(cast.township):
        assert row.values_list("free", "source", "confirmed_with").get() == (5, "page", "")


def test_a_call_says_with_whom(cast, beds):
    with scope(cast.township), pytest.raises(ValidationError, match="与谁核实"):
        confirm_by_phone(beds, Said(2), by=cast.township, confirmed_with=" ")


@pytest.mark.parametrize(("said", "field"), [
    (Said(None), "free"), (Said(-1), "free"), (Said(5, 4), "total"), (Said(10**6), "free"),
])  # fmt: skip
def test_figures_that_make_no_sense_are_refused(cast, beds, said, field):
    with scope(cast.county_desk), pytest.raises(ValidationError) as caught:
        report(beds, said, by=cast.county_desk, source="page")
    assert field in caught.value.message_dict


def test_nobody_reports_the_future_or_for_others(cast, beds):
    with pytest.raises(ValidationError, match="不能晚于现在"):
        reported(cast, beds, 3, ago=-HOUR)
    with scope(cast.city_desk), pytest.raises(ValidationError, match="只能报告本机构"):
        report(beds, Said(1), by=cast.city_desk, source="page")
    with scope(cast.city_desk), pytest.raises(DatabaseError), transaction.atomic():
        reporting._write(beds, Said(1), by=cast.city_desk, source="page")


def test_no_report_is_ever_changed_and_figures_come_by_reports_only(cast, beds):
    reported(cast, beds, 3)
    for statement in ("update capacity_report set free = 9", "delete from capacity_report",
                      "update capacity_resource set free = 9"):  # fmt: skip
        with scope(cast.county_desk), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_what_is_switched_off_leaves_the_board(cast, beds):
    with scope(cast.city_desk), pytest.raises(ValidationError, match="所属机构"):
        switch_resource(beds, by=cast.city_desk, is_on=False)
    with scope(cast.county_desk):
        switch_resource(beds, by=cast.county_desk, is_on=False)
    assert lines(cast.township) == []


def test_the_board_narrows(cast, beds):
    desk = cast.city_desk
    with scope(desk):
        scanner = add_resource(by=desk, kind="equipment", name="CT")
        report(scanner, Said(0), by=desk, source="page")
    assert [name for name, *_rest in lines(cast.township, kind="equipment")] == ["CT"]
    assert [name for name, *_rest in lines(cast.township, text="心血管")] == ["普通床"]
    assert [name for name, *_rest in lines(cast.township, institution_id=desk.institution_id)] == ["CT"]
    assert lines(cast.township, only_free=True) == []


def test_the_page_reports_several_at_once_and_leaves_empty_ones_out(cast, beds):
    desk = browser(cast.county_desk)
    with scope(cast.county_desk):
        other = add_resource(by=cast.county_desk, kind="icu", name="重症床")
    form = {"as_of": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"), f"free_{beds.pk}": "4",
            f"total_{beds.pk}": "40", f"free_{other.pk}": ""}  # fmt: skip
    assert desk.post("/capacity/report/", form).status_code == 302
    assert lines(cast.township) == [("普通床", 4, "fresh"), ("重症床", None, "never")]
    assert desk.post("/capacity/report/", form | {f"free_{beds.pk}": "99"}).status_code == 422


def test_strangers_find_no_page_and_owners_do_not_telephone_themselves(cast, beds):
    for path in (f"/capacity/{beds.pk}/", f"/capacity/{beds.pk}/phone/"):
        assert browser(cast.stranger).get(path).status_code == 404
    assert browser(cast.county_desk).get(f"/capacity/{beds.pk}/phone/").status_code == 404
    assert browser(cast.stranger).post(f"/capacity/{beds.pk}/switch/", {"on": "0"}).status_code == 404
    form = {"confirmed_with": "王护士长", "as_of": "2026-01-01 08:00", "free": "2"}
    assert browser(cast.township).post(f"/capacity/{beds.pk}/phone/", form).status_code == 302
    assert lines(cast.township)[0][1] == 2


def test_a_workbook_brings_figures_and_new_resources(cast, beds):
    sheet = sheets["capacity"]
    book = workbook(sheet, [["心血管内科", "病床", "普通床", "6", "40", "2026-11-22 06:00"],
                            ["", "检查治疗设备", "MR", "1", "", ""]])  # fmt: skip
    with scope(cast.county_desk):
        run = take_in(sheet, by=cast.county_desk, file_name="x.xlsx", content=book, is_dry=False)
        assert (run.created, run.updated, run.failed) == (1, 1, 0)
        bad = workbook(sheet, [["没有的科室", "病床", "普通床", "x", "", ""]])
        assert take_in(sheet, by=cast.county_desk, file_name="x.xlsx", content=bad, is_dry=False).failed == 1
    assert {name for name, *_rest in lines(cast.township)} == {"普通床", "MR"}


def workbook(sheet, rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [column.heading for column in sheet.columns])
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def test_programs_report_all_or_none_and_read_the_board(cast, beds):
    desk, member = Program(cast.county_desk), Program(cast.township)
    item = {"kind": "bed", "department": beds.department_id, "name": "普通床", "free": 7, "total": 40}
    bad = desk.asks("capacity/reports", {"items": [item, item | {"free": 50}]})
    assert bad.status_code == 422
    assert "第 2 项" in bad.json()["reasons"][0]["text"]
    assert lines(cast.township)[0][1] is None
    made = desk.asks("capacity/reports", {"items": [item, {"kind": "icu", "name": "重症床", "free": 1}]})
    assert [one["free"] for one in made.json()["items"]] == [7, 1]
    assert [one["free"] for one in member.asks("capacity?kind=bed").json()["items"]] == [7]
    call = {"confirmed_with": "护士长", "free": 6}
    assert member.asks(f"capacity/{beds.pk}/phone", call).json()["source"] == "phone"
    assert desk.asks(f"capacity/{beds.pk}/phone", call).status_code == 404
    assert Program(cast.stranger).asks(f"capacity/{beds.pk}/phone", call).status_code == 404
    assert Program(cast.stranger).asks("capacity").json()["items"] == []

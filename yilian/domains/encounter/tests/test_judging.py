"""Every rule is broken by a row that breaks it, and by no good row; files of all kinds say the same."""

import io
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from yilian.domains.encounter import judging, reading
from yilian.domains.encounter.columns import FILES
from yilian.domains.encounter.judging import Circumstances
from yilian.domains.encounter.returning import header_row, template, workbook_of_rejected
from yilian.domains.encounter.rules import checks_of

TODAY = date(2026, 11, 5)
GOOD = {
    "encounter": {
        "source_key": "A1", "patient": "11", "visit_type": "inpatient", "start_at": "2026-10-01 08:00",
        "end_at": "2026-10-05 10:00", "sex": "2", "age": "45", "home": "420106", "diagnosis": "I10",
        "surgery_level": "3", "insurance": "employee", "cost": "1000.50", "drug": "300", "paid": "600", "hai": "否",
    },
    "order": {
        "source_key": "O1", "patient": "11", "category": "lab", "item": "GLU", "ordered_at": "2026-10-01 08:00",
        "result_at": "2026-10-01 09:00", "fee": "12.50", "recognisable": "是", "recognised": "是", "critical": "是",
        "notified_at": "2026-10-01 09:10", "handled_at": "2026-10-01 09:30",
    },
    "secondment": {
        "source_key": "S1", "person": "11", "title": "senior", "host": "石桥乡卫生院", "on": "2026-10-01",
        "days": "20", "since_on": "2026-09-15", "until_on": "2027-03-14",
    },
    "survey": {
        "source_key": "M1", "asked": "住院患者", "on": "2026-10-01", "sent": "50", "returned": "40", "satisfied": "38",
    },
}  # fmt: skip
BREAKS = [
    ("encounter", "ends_later", {"end_at": "2026-09-30 10:00"}),
    ("encounter", "is_past", {"end_at": "2026-11-06"}),
    ("encounter", "age_is_human", {"age": "131"}),
    ("encounter", "icd_10", {"diagnosis": "高血压"}),
    ("encounter", "home_is_code", {"home": "4201"}),
    ("encounter", "surgery_levels", {"surgery_level": "5"}),
    ("encounter", "money_is_positive", {"drug": "-1"}),
    ("encounter", "parts_fit", {"material": "900"}),
    ("encounter", "paid_fits", {"paid": "1000.51"}),
    ("encounter", "in_patients_only", {"visit_type": "emergency", "hai": "是"}),
    ("encounter", "reported_what_was", {"adverse_reported": "是"}),
    ("encounter", "visit_is_a_day", {"visit_type": "outpatient"}),
    ("encounter", "cost_is_read", {"cost": "12.345"}),
    ("encounter", "visit_type_is_read", {"visit_type": "留观"}),
    ("encounter", "start_at_is_read", {"start_at": "2026-10-01T08:00:00+00:00"}),
    ("encounter", "source_key_is_filled", {"source_key": None}),
    ("encounter", "source_key_is_read", {"source_key": "A" * 101}),
    ("encounter", "source_key_is_read", {"source_key": "A\0B"}),
    ("encounter", "source_key_is_whole", {"source_key": "4.2E+17"}),
    ("encounter", "source_key_is_whole", {"source_key": "4.2E+17", "is_void": "是"}),
    ("encounter", "patient_is_whole", {"patient": 420106199001011234.0}),
    ("encounter", "is_recent", {"start_at": "0001-01-01"}),
    ("encounter", "age_is_read", {"age": "45.6"}),
    ("encounter", "age_is_read", {"age": "0x10"}),
    ("encounter", "end_at_is_read", {"end_at": "infinity"}),
    ("order", "is_recent", {"ordered_at": "2016-11-04 08:00"}),
    ("secondment", "is_recent", {"on": "2016-11-01"}),
    ("order", "result_later", {"result_at": "2026-10-01 07:59"}),
    ("order", "fee_is_positive", {"fee": "-0.01"}),
    ("order", "recognised_what_was", {"recognisable": "否"}),
    ("order", "critical_only", {"critical": "否"}),
    ("order", "notified_later", {"notified_at": "2026-10-01 08:59"}),
    ("order", "handled_later", {"handled_at": "2026-10-01 09:09"}),
    ("order", "resulting_is_read", {"resulting": "不知名医院"}),
    ("order", "is_past", {"ordered_at": "2026-11-06", "result_at": None}),
    ("secondment", "is_past", {"on": "2026-12-01"}),
    ("secondment", "first_of_month", {"on": "2026-10-02"}),
    ("secondment", "days_fit", {"days": "32"}),
    ("secondment", "until_later", {"until_on": "2026-09-14"}),
    ("secondment", "month_inside", {"since_on": "2026-11-01"}),
    ("secondment", "goes_elsewhere", {"host": "北岭县人民医院"}),
    ("survey", "is_past", {"on": "2026-12-01"}),
    ("survey", "first_of_month", {"on": "2026-10-31"}),
    ("survey", "copies_are_positive", {"satisfied": "-1"}),
    ("survey", "returned_fits", {"returned": "51"}),
    ("survey", "satisfied_fits", {"satisfied": "41"}),
    ("survey", "asked_is_read", {"asked": "全体"}),
    ("survey", "satisfied_is_filled", {"satisfied": None}),
]


def judged(fact, *rows, tmp_path):
    told = Circumstances(7, TODAY, 10, {"北岭县人民医院": 7, "石桥乡卫生院": 8}, {"11": 4711}, date(2016, 11, 5))
    return judging.judge(fact, reading.of_rows(fact, list(rows)), told, spill=tmp_path)


@pytest.mark.parametrize("fact", GOOD)
def test_a_good_row_breaks_nothing(fact, tmp_path):
    found = judged(fact, GOOD[fact], tmp_path=tmp_path)
    assert found.broken == {}
    (row,) = found.taken.to_pylist()
    assert (row["month"], row["row_key"], row["institution"]) == (202610, f"7:{GOOD[fact]['source_key']}", 7)


@pytest.mark.parametrize(("fact", "rule", "change"), BREAKS, ids=lambda part: part if isinstance(part, str) else "")
def test_a_row_that_breaks_a_rule_is_returned_with_it(fact, rule, change, tmp_path):
    other = GOOD[fact] | {"source_key": "other"}
    found = judged(fact, GOOD[fact] | change, other, tmp_path=tmp_path)
    assert rule in found.rejected[0]["faults"]
    assert found.rejected[0]["line"] == 1
    assert [row["row_key"] for row in found.taken.to_pylist()] == ["7:other"]


def test_what_is_only_wanted_or_late_is_taken_and_counted(tmp_path):
    bare = {name: GOOD["encounter"][name] for name in ("source_key", "visit_type", "start_at", "end_at")}
    late = GOOD["encounter"] | {"source_key": "A2", "start_at": "2026-08-30", "end_at": "2026-09-02"}
    found = judged("encounter", bare, late, tmp_path=tmp_path)
    assert found.taken.num_rows == 2
    september, october = found.months
    assert (september.month, september.late, september.incomplete, september.rejected) == (202609, 1, 0, 0)
    assert (october.month, october.late, october.incomplete) == (202610, 0, 1)


def test_who_is_posted_to_two_places_at_once_is_taken_and_pointed_out(tmp_path):
    told = Circumstances(
        7, TODAY, 10, {"北岭县人民医院": 7, "石桥乡卫生院": 8, "柳河镇卫生院": 9}, {"11": 4711, "12": 12}
    )
    here, there = GOOD["secondment"], GOOD["secondment"] | {"source_key": "S2", "host": "柳河镇卫生院"}
    after = {"since_on": "2027-03-15", "until_on": None, "on": "2027-04-01"}
    for second, times in (
        (there, 2),
        (there | {"person": "12"}, 0),
        (there | after, 0),
        (there | {"until_on": None}, 2),
        (there | {"is_void": "是"}, 0),
        (here | {"source_key": "S2", "on": "2026-11-01"}, 0),
    ):
        found = judging.judge("secondment", reading.of_rows("secondment", [here, second]), told, spill=tmp_path)
        assert found.broken.get("in_one_place", 0) == times, second
        assert "in_one_place" not in str(found.rejected)


def test_what_follows_from_a_row_is_worked_out(tmp_path):
    row = judged("encounter", GOOD["encounter"], tmp_path=tmp_path).taken.to_pylist()[0]
    assert (row["los"], row["is_chronic"], row["insured"], row["cost"], row["patient"]) == (4, True, True, 100050, 4711)
    assert (row["hai"], row["died"], row["adverse_reported"]) == (False, None, None)
    visit = GOOD["encounter"] | {"visit_type": "门诊", "end_at": "2026-10-01 09:00"}
    assert judged("encounter", visit, tmp_path=tmp_path).taken.to_pylist()[0]["los"] is None


def test_a_number_twice_in_a_file_is_returned_twice_and_a_void_row_needs_only_its_number(tmp_path):
    found = judged(
        "encounter", GOOD["encounter"], GOOD["encounter"], {"source_key": "B", "is_void": "是"}, tmp_path=tmp_path
    )
    assert [row["faults"] for row in found.rejected] == [["once"], ["once"]]
    assert [(row["row_key"], row["is_void"]) for row in found.taken.to_pylist()] == [("7:B", True)]


def as_csv(encoding):
    names = header_row("encounter")
    cells = [GOOD["encounter"].get(column.name) or "" for column in FILES["encounter"]]
    return f"{','.join(names)}\r\n{','.join(cells)}\r\n".encode(encoding)


def as_workbook(change=None, top=0, left=0):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(top, left, header_row("encounter"))
        for place, column in enumerate(FILES["encounter"], left):
            value = GOOD["encounter"].get(column.name)
            page.write(top + 1, place, float(value) if column.name in ("age", "cost", "drug", "paid") else value)
        if change:
            change(page)
    return buffer.getvalue()


TYPED = {name: [value] for name, value in GOOD["encounter"].items()} | {"age": [45], "hai": [False]}


def as_parquet(columns=TYPED):
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def test_a_small_file_that_unfolds_without_end_is_refused():
    rows = {name: value * 50_000 for name, value in TYPED.items()}
    bomb = as_parquet(rows | {"diagnosis": ["x" * 10_000] * 50_000})
    assert len(bomb) < 10**6
    with pytest.raises(reading.FileRefusedError, match="展开后过大"):
        reading.read("encounter", bomb)


@pytest.mark.parametrize(
    "content",
    [as_csv("utf-8-sig"), as_csv("gb18030"), as_workbook(), as_parquet()],
    ids=["utf8", "gb", "xlsx", "parquet"],
)
def test_files_of_every_kind_say_the_same(content, tmp_path):
    told = Circumstances(7, TODAY, 10, {}, {"11": 4711})
    found = judging.judge("encounter", reading.read("encounter", content), told, spill=tmp_path)
    assert found.taken.equals(judged("encounter", GOOD["encounter"], tmp_path=tmp_path).taken)


def test_what_programs_write_otherwise_is_the_same(tmp_path):
    plain = judged("encounter", GOOD["encounter"], tmp_path=tmp_path).taken
    begun = datetime(2026, 10, 1, tzinfo=UTC)
    for change in (
        {"start_at": "20261001080000", "end_at": "2026/10/5 10:00"},
        {"cost": 1000.4999999999999, "age": 45.0},
    ):
        assert judged("encounter", GOOD["encounter"] | change, tmp_path=tmp_path).taken.equals(plain), change
    zoned = {name: [value] for name, value in GOOD["encounter"].items()} | {
        "start_at": pa.array([begun], pa.timestamp("ns", "UTC")), "tcm": pa.array([None], pa.float64()),
    }  # fmt: skip
    told = Circumstances(7, TODAY, 10, {}, {"11": 4711})
    found = judging.judge("encounter", reading.read("encounter", as_parquet(zoned)), told, spill=tmp_path)
    assert found.taken.equals(plain)


def test_the_line_of_a_row_is_that_of_the_file():
    names, cells = as_csv("utf-8").decode().splitlines()
    head = names.replace("流水号", "流水号*").replace(",", ";")
    text = "\n".join(["", head, "", cells.replace(",", ";").replace("A1", '"A\n1"'), "", cells.replace(",", ";")])
    for content in (text.encode(), text.replace("\n", "\r").encode("utf-16")):
        assert reading.read("encounter", content).column("line").to_pylist() == [4, 7]
    moved = reading.read("encounter", as_workbook(top=3, left=2))
    assert moved.column("line").to_pylist() == [5]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2\n", "不认识这些列：a、b"),
        (as_csv("utf-8").replace(b",", "，".encode()), "第一行只有一列"),
        (as_csv("utf-8") + b"x,y\r\n", "第 3 行有 2 列，表头有 27 列"),
        (as_csv("utf-8").replace("流水号".encode(), b""), "第 1 列有内容而没有表头"),
        (as_workbook(change=lambda page: page.write_formula(1, 14, "=1+1", None, 2)), "O2 是公式"),
        (as_workbook(change=lambda page: page.merge_range(4, 1, 6, 1, "11")), "B5:B7 是合并的"),
        (as_workbook(change=lambda page: page.write(0, 40, "流水号")), "出现了两次：流水号"),
        ("流水号,死亡\n1,否\n".encode(), "缺少必需的列"),
        ("流水号,流水号\n1,2\n".encode(), "出现了两次"),
        (as_csv("utf-8").splitlines()[0] + b"\r\n", "没有内容"),
        (b"PAR1 not at all", "Parquet"),
        (b"PK\x03\x04 not at all", "xlsx"),
        (b"\x00\xff\x00", "无法识别该文件"),
        (b"", "没有内容"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content, says):
    with pytest.raises(reading.FileRefusedError, match=says):
        reading.read("encounter", content)


@pytest.mark.parametrize("fact", GOOD)
def test_workbooks_that_are_handed_out_can_come_back(fact, tmp_path):
    with pytest.raises(reading.FileRefusedError, match="没有内容"):
        reading.read(fact, template(fact))
    formula = GOOD[fact] | {"source_key": "=1+1"}
    bad = judged(fact, formula, formula, tmp_path=tmp_path)
    back = reading.read(fact, workbook_of_rejected(fact, bad.rejected))
    assert back.column("source_key").to_pylist() == ["=1+1", "=1+1"]
    assert all(check.sentence for check in checks_of(fact))

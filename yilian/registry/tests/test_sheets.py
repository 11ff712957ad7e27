"""The workbooks of the nouns: written once, unchanged the second time, refused with reasons."""

import io

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.world import AUTHORITY, COUNTY, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.imports.running import marked_workbook, take_in
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.imports.workbooks import template
from yilian.registry import patients
from yilian.registry.models import Institution, Patient, Practitioner
from yilian.registry.patients.cards import cards_of
from yilian.registry.tests.conftest import resident_number, unified_code

pytestmark = pytest.mark.django_db
ROWS = {
    "regions": [
        {"区划代码": "420000", "名称": "楚江省"},
        {"区划代码": "420100", "名称": "江城市", "常住人口": 3_000_000, "纬度": 30.5, "经度": "114.3"},
    ],
    "codes": [{"编码体系": "icd-10", "代码": "X99", "名称": "试验病", "停用日期": "2030-12-31"}],
    "institutions": [
        {"机构名称": "江城市第一人民医院", "统一社会信用代码": unified_code(7), "等级": "三级甲等", "所有制": "公立",
         "机构类别": "综合医院", "经济类型": "11", "诊疗科目": "03.04、骨科", "编制床位": 1200, "设住院": "是",
         "成立日期": "1950-05-01"},
    ],
    "practitioners": [
        {"所属机构": TOWNSHIP, "科室": "内科", "姓名": "林春", "工号": 17, "类别": "临床医师", "职称级别": "中级",
         "执业范围": "全科医疗科", "首次注册日期": "2015/7/1"},
    ],
    "patients": [
        {"姓名": "王喆", "证件号码": resident_number(), "联系电话": 13812341070, "现住址": "石桥乡",
         "民族": "土家族"},
    ],
}  # fmt: skip


def workbook(key: str, rows: list[dict]) -> bytes:
    headers = [column.heading for column in sheets[key].columns]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        for number, row in enumerate([dict(zip(headers, headers, strict=True)), *rows]):
            for header, value in row.items():
                page.write(number, headers.index(header), value)
    return buffer.getvalue()


@pytest.fixture
def admin(world):
    """Somebody who may import every sheet: the place governs, and has staff and patients."""
    world.authority(TOWNSHIP, "429000")
    return world.person("admin", "registrar", at=TOWNSHIP)


def bring(key: str, rows: list[dict], by) -> tuple:
    run = take_in(sheets[key], by=by, file_name="x.xlsx", content=workbook(key, rows), is_dry=False)
    return run.state, run.created, run.updated, run.unchanged, reasons_of(run)


def reasons_of(run) -> str:
    content = marked_workbook(run)
    if content is None:
        return ""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return "；".join(row[0] for row in rows[1:] if row[0])


@pytest.mark.parametrize("key", sorted(ROWS))
def test_what_is_imported_twice_is_written_once(key, admin):
    rows = ROWS[key]
    assert bring(key, rows, admin) == ("written", len(rows), 0, 0, "")
    assert bring(key, rows, admin) == ("written", 0, 0, len(rows), "")


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("regions", {"常住人口": 3_100_000}),
        ("codes", {"名称": "考验病"}),
        ("institutions", {"诊疗科目": "03.04"}),
        ("practitioners", {"职称级别": "副高级"}),
        ("patients", {"联系电话": "13900001111"}),
    ],
)
def test_what_differs_is_brought_up_to_date(key, change, admin):
    rows = ROWS[key]
    bring(key, rows, admin)
    assert bring(key, [*rows[:-1], rows[-1] | change], admin) == ("written", 0, 1, len(rows) - 1, "")


@pytest.mark.parametrize(
    ("key", "change", "says"),
    [
        ("regions", {"区划代码": "310115"}, "区划代码：上级区划 310100、310000 尚未登记"),
        ("codes", {"编码体系": "icd-99"}, "编码体系：编码体系“icd-99”不存在"),
        ("institutions", {"统一社会信用代码": "?" + unified_code(7)[1:]}, "统一社会信用代码：统一社会信用代码不能含有"),
        ("institutions", {"诊疗科目": "03.04、读心科"}, "诊疗科目：“读心科”不是已登记的代码或名称"),
        ("institutions", {"等级": "五级"}, "等级：只能填：一级丙等"),
        ("practitioners", {"所属机构": "无名医院"}, "所属机构：机构“无名医院”尚未登记"),
        ("practitioners", {"工号": ""}, "工号：工号与执业证书编码至少填写一项"),
        ("practitioners", {"执业证书编码": "12345"}, "执业证书编码：执业证书编码应为15位数字"),
        ("patients", {"证件号码": resident_number()[:-1] + "A"}, "证件号码：身份证号码应为17位数字"),
        ("patients", {"证件号码": float(resident_number()[:-1] + "0")}, "证件号码：数字超过15位会失真"),
        ("patients", {"性别": "女"}, "性别：性别与身份证号码不一致"),
        ("patients", {"民族": "火星族"}, "民族：“火星族”不是已登记的代码或名称"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_reason(key, change, says, admin):
    rows = ROWS[key]
    state, *_, reasons = bring(key, [*rows[:-1], rows[-1] | change], admin)
    assert state == "refused"
    assert reasons.startswith(says)
    assert not Practitioner.objects.exists()
    assert not Institution.objects.exclude(name=TOWNSHIP).exists()
    with scope(admin):
        assert not Patient.objects.exists()


def test_a_registrar_brings_in_people_of_the_own_institution_only(world):
    registrar = world.person("registrar", at=COUNTY)
    world.place(TOWNSHIP)
    assert "只能导入本机构的人员" in bring("practitioners", ROWS["practitioners"], registrar)[-1]


def test_imported_patients_are_found_and_a_known_person_is_not_doubled(admin, world):
    bring("patients", ROWS["patients"], admin)
    elsewhere = world.person("registrar", at=COUNTY)
    assert bring("patients", ROWS["patients"], elsewhere)[:4] == ("written", 0, 0, 1)
    for actor in (admin, elsewhere):
        with scope(actor):
            assert [line.name for line in patients.search(actor, "13812341070")] == ["王喆"]


@pytest.mark.parametrize("key", sorted(ROWS))
def test_every_sheet_has_a_template(key):
    headers = CalamineWorkbook.from_filelike(io.BytesIO(template(sheets[key]))).get_sheet_by_index(0).to_python()[0]
    assert [header.rstrip("*") for header in headers] == [column.heading for column in sheets[key].columns]


def test_an_authority_imports_places_of_its_region_and_makes_no_authorities(world):
    world.authority()
    world.person("authority", at=AUTHORITY)
    world.authority("北岭县卫生健康局", "420121")
    county = world.person("authority", at="北岭县卫生健康局")
    here = {"机构名称": "北岭县中医院", "区划代码": "420121"}
    assert bring("institutions", [here], county)[:2] == ("written", 1)
    for row, says in (
        (here | {"区划代码": "420100"}, "江城市卫生健康委员会"),
        (here | {"卫生健康行政部门": "是"}, "对所有机构有效"),
        ({"机构名称": "别处医院"}, "对所有机构有效"),
    ):
        state, *_, reasons = bring("institutions", [row], county)
        assert state == "refused"
        assert says in reasons


def test_patients_without_a_document_come_in_once(admin):
    row = {"姓名": "无证患者", "出生日期": "2026-01-05", "联系电话": 13812341071}
    assert bring("patients", [row], admin)[:2] == ("written", 1)
    assert bring("patients", [row], admin)[:4] == ("written", 0, 0, 1)
    assert bring("patients", [{"姓名": "无证患者"}], admin)[0] != "written"


@pytest.mark.parametrize("key", sorted(ROWS))
def test_every_template_explains_its_purpose_its_dates_and_each_column(key):
    sheet = sheets[key]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(template(sheet))).get_sheet_by_name("填写说明").to_python()
    assert rows[0][0] == f"填写说明：{sheet.title}"
    said = "".join(str(row[0]) for row in rows)
    for words in ("用途：", "2026-01-31", "按以下列识别同一条", "试运行"):
        assert words in said
    by_column = {row[0]: row for row in rows}
    for column in sheet.columns:
        _heading, needed, demands, _example = by_column[column.heading]
        assert needed == ("必填" if column.required else "可空")
        assert demands, column.heading


CARDED = {"姓名": "钱多多", "出生日期": "1980-01-01", "联系电话": "13800000001", "医保证（卡）号": "YB 4201-8899",
          "健康档案编号": "42012100100200033"}  # fmt: skip


def test_a_patient_comes_with_cards_that_are_sealed_and_found(admin):
    assert bring("patients", [CARDED], admin) == ("written", 1, 0, 0, "")
    with scope(admin):
        patient = Patient.objects.get(name="钱多多")
        assert patients.find_by_identity("yb42018899") == patient
        assert cards_of(patient) == {"insurance": "Y*****8899", "archive": "4201*********0033"}
        assert patient.identity_masked == "", "a card proves no identity"
    assert bring("patients", [CARDED], admin) == ("written", 0, 0, 1, "")
    assert bring("patients", [CARDED | {"医保证（卡）号": "YB42018800"}], admin) == ("written", 0, 1, 0, "")

"""Workbooks brought in by hand: template, trial, import, progress, marked workbook."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests.world import TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.imports import running
from yilian.kernel.pages.tests.conftest import person
from yilian.registry.models import Patient
from yilian.registry.tests.conftest import resident_number
from yilian.registry.tests.test_sheets import ROWS, workbook

GOOD = ROWS["patients"]


def upload(person, rows, *, mode="write", key="patients", status=302, content=None):
    file = SimpleUploadedFile("患者.xlsx", workbook(key, rows) if content is None else content)
    return person.sends(f"/imports/{key}/", status, file=file, mode=mode)


def count(person) -> int:
    with scope(person.actor):
        return Patient.objects.count()


def test_one_sees_what_one_may_import(world, registrar, doctor, authority):
    page = registrar.sees("/imports/")
    assert "/imports/patients/" in page
    assert "/imports/regions/" not in page
    assert "/imports/regions/" in authority.sees("/imports/")
    assert "没有可导入的内容" in person(world, "auditor", at=TOWNSHIP).sees("/imports/")
    doctor.sees("/imports/patients/", 404)
    doctor.sees("/imports/patients/template.xlsx", 404)
    registrar.sees("/imports/nonsense/", 404)


def test_the_template_is_a_workbook(registrar):
    answer = registrar.client.get("/imports/patients/template.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "姓名*"


def test_a_trial_writes_nothing_and_the_import_does(registrar):
    run = upload(registrar, GOOD, mode="try").url
    assert "尚未写入任何数据" in registrar.sees(run)
    assert count(registrar) == 0
    run = upload(registrar, GOOD).url
    page = registrar.part(run)
    assert "已导入" in page
    assert "hx-get" not in page
    assert count(registrar) == 1
    assert "患者.xlsx" in registrar.sees("/imports/")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"junk", "不是可读的 Excel"), (b"", "请选择要导入的工作簿"), (workbook("codes", []), "缺少列")],
    ids=["junk", "empty", "another sheet"],
)
def test_a_workbook_that_cannot_be_read_is_refused_at_once(registrar, content, says):
    page = upload(registrar, [], content=content, status=422).content.decode()
    assert says in page


def test_without_a_file_one_is_asked_for_one(registrar):
    assert "请选择要导入的工作簿" in registrar.sends("/imports/patients/", 422, mode="try").content.decode()


def test_faults_come_back_in_a_marked_workbook(registrar, elsewhere):
    run = upload(registrar, [*GOOD, GOOD[0] | {"证件号码": resident_number()[:-1] + "A"}]).url
    page = registrar.sees(run)
    assert "其余各行也没有写入" in page
    assert count(registrar) == 0
    content = registrar.client.get(f"{run}marked.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[2][0].startswith("证件号码：身份证号码应为17位数字")
    elsewhere.sees(run, 404)
    elsewhere.sees(f"{run}marked.xlsx", 404)


def test_a_large_workbook_shows_its_progress(registrar, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 0)
    run = upload(registrar, GOOD).url
    page = registrar.part(run)
    assert "排队中" in page
    assert f'hx-get="{run}"' in page
    registrar.sees(f"{run}marked.xlsx", 404)

"""A workbook is written whole or not at all, and what is wrong comes back marked."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.imports import running, tasks
from yilian.kernel.imports.models import ImportRun
from yilian.kernel.imports.running import marked_workbook, take_in
from yilian.kernel.imports.tests.people import ACCOUNTS, HEADERS, workbook
from yilian.kernel.imports.workbooks import template


@pytest.fixture
def registrar(world):
    return world.person("registrar", at=TOWNSHIP)


def accounts() -> dict[str, str]:
    rows = User.objects.filter(username__in=["lin", "wang"])
    return dict(rows.values_list("username", "full_name"))


def bring(by, *rows, is_dry=False, **more) -> ImportRun:
    return take_in(ACCOUNTS, by=by, file_name="账号.xlsx", content=workbook(*rows, **more), is_dry=is_dry)


def counts(run) -> tuple:
    return run.state, run.created, run.updated, run.unchanged, run.failed


def pages_of(content: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.django_db
def test_a_good_workbook_is_written_and_a_second_time_changes_nothing(registrar):
    rows = [["lin", "林医生", "13812341070"], ["wang", "王喆"]]
    assert counts(bring(registrar, *rows)) == ("written", 2, 0, 0, 0)
    assert counts(bring(registrar, *rows)) == ("written", 0, 0, 2, 0)
    assert counts(bring(registrar, ["wang", "王吉"])) == ("written", 0, 1, 0, 0)
    assert accounts() == {"lin": "林医生", "wang": "王吉"}


@pytest.mark.django_db
def test_a_dry_run_says_what_would_happen_and_writes_nothing(registrar):
    assert counts(bring(registrar, ["lin", "林医生"], is_dry=True)) == ("checked", 1, 0, 0, 0)
    assert accounts() == {}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (["", "王喆"], "账号：必填"),
        (["wang", "王喆", "1" * 21], "手机：不能超过20个字"),
        (["wang", "王喆", 4.2e17], "手机：数字超过15位"),
        (["wang", "=A2"], "姓名：单元格是公式"),
        (["wang", "王喆", "", "昨天"], "入职日期：不是有效日期"),
        (["wang", "王喆", "", "", 7], "年龄：应为16至99"),
        (["wang", "王喆", "", "", "", "M"], "性别：只能填：男、女"),
        (["lin", "王喆"], "账号：与第2行重复"),
        (["wang", "某某"], "姓名：请填写真实姓名"),
    ],
)
@pytest.mark.django_db
def test_one_bad_row_keeps_everything_out_and_comes_back_marked(registrar, bad, says):
    run = bring(registrar, ["lin", "林医生"], bad)
    assert counts(run) == ("refused", 1, 0, 0, 1)
    assert accounts() == {}
    rows = pages_of(marked_workbook(run))["请修改后重新上传"]
    assert rows[0] == ["错误说明", "原行号", *HEADERS]
    assert rows[1][:3] == ["", 2.0, "lin"]
    assert rows[2][0].startswith(says)


@pytest.mark.django_db
def test_every_reason_of_a_row_is_named_and_summed_up(registrar):
    run = bring(registrar, ["", "某某", "", "昨天"], ["", "林", "", "前天"])
    pages = pages_of(marked_workbook(run))
    assert pages["请修改后重新上传"][1][0] == "账号：必填；入职日期：不是有效日期，应写作 2026-01-31"
    assert ["账号", "必填", 2.0] in pages["错误汇总"]


@pytest.mark.django_db
def test_a_returned_workbook_can_be_corrected_and_uploaded_again(registrar):
    run = bring(registrar, ["lin", "林医生"], ["wang", "某某"])
    headers, *rows = pages_of(marked_workbook(run))["请修改后重新上传"]
    rows[1][3] = "王喆"
    assert counts(bring(registrar, *rows, headers=headers)) == ("written", 2, 0, 0, 0)


@pytest.mark.django_db
def test_text_that_looks_like_a_formula_goes_back_as_text(registrar):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADERS)
        page.write_row(1, 0, ["wang", "某某", "=1+1"])
    run = take_in(ACCOUNTS, by=registrar, file_name="x.xlsx", content=buffer.getvalue(), is_dry=True)
    with zipfile.ZipFile(io.BytesIO(marked_workbook(run))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert "=1+1" in pages_of(marked_workbook(run))["请修改后重新上传"][1]


def test_the_template_names_columns_and_explains_them():
    pages = pages_of(template(ACCOUNTS))
    assert pages["账号"] == [["账号*", "姓名*", "手机", "入职日期", "年龄", "性别"]]
    assert ["账号", "必填", "文字", "lin"] in pages["填写说明"]
    assert ["性别", "可空", "可选：男、女", ""] in pages["填写说明"]


@pytest.mark.django_db
def test_only_some_roles_import_and_only_their_institution_sees_it(registrar, world):
    with pytest.raises(PermissionDenied):
        bring(world.person("doctor", at=TOWNSHIP), ["lin", "林医生"])
    bring(registrar, ["lin", "林医生"])
    with scope(world.person("registrar", at=COUNTY)):
        assert not ImportRun.objects.exists()
    with scope(registrar):
        assert ImportRun.objects.count() == 1


@pytest.mark.django_db
def test_a_large_workbook_waits_for_the_worker_sealed(registrar, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 1)
    run = bring(registrar, ["lin", "林医生"], ["wang", "王喆"])
    assert (run.state, run.total, accounts()) == ("waiting", 2, {})
    assert "林医生".encode() not in bytes(run.source)
    job = ProcrastinateJob.objects.get(task_name="imports.workbook")
    assert job.args == {"run_id": str(run.pk), "institution_id": registrar.institution_id}


@pytest.fixture
def queued(fresh_database, monkeypatch):
    from tests.world import World

    monkeypatch.setattr(running, "AT_ONCE", 0)
    registrar = World().person("registrar", at=TOWNSHIP)
    return lambda *rows: (bring(registrar, *rows), registrar)


def finished(run, by) -> ImportRun:
    with scope(by):
        return ImportRun.objects.get(pk=run.pk)


def test_the_job_writes_once_however_often_it_runs(queued):
    run, by = queued(["lin", "林医生"], ["wang", "王喆"])
    for _ in range(2):
        tasks.import_workbook(str(run.pk), by.institution_id)
    after = finished(run, by)
    assert counts(after) == ("written", 2, 0, 0, 0)
    assert (after.source, after.percent) == (None, 100)
    assert len(accounts()) == 2


def test_an_error_of_the_program_ends_the_run_and_writes_nothing(queued):
    run, by = queued(["lin", "林医生"], ["wang", "出错"])
    with pytest.raises(RuntimeError):
        tasks.import_workbook(str(run.pk), by.institution_id)
    after = finished(run, by)
    assert after.state == "failed"
    assert "未写入任何数据" in after.message
    assert accounts() == {}


def test_progress_is_seen_from_outside_while_nothing_is_written_yet(queued, monkeypatch):
    run, by = queued(["lin", "林医生"], ["wang", "王喆"])
    seen = []
    report = running._Progress.report

    def look(self, done: int) -> None:
        report(self, done)
        with running.connections.create_connection("default").cursor() as other:
            other.execute("select set_config('app.institutions', %s, false)", [f"{{{by.institution_id}}}"])
            other.execute("select state, done from imports_importrun")
            seen.append(other.fetchone())
            other.execute("select count(*) from access_user where username in ('lin', 'wang')")
            seen.append(other.fetchone()[0])
            other.connection.close()

    monkeypatch.setattr(running._Progress, "report", look)
    monkeypatch.setattr("yilian.kernel.imports.saving.EVERY", 2)
    tasks.import_workbook(str(run.pk), by.institution_id)
    assert seen == [("running", 0), 0, ("running", 2), 0]


@pytest.mark.django_db
def test_workbooks_are_forgotten_after_a_week(registrar):
    run = bring(registrar, ["lin", "某某"])
    assert tasks.forget(0) == 0
    with scope(registrar):
        ImportRun.objects.filter(pk=run.pk).update(begun_at=run.begun_at - 2 * tasks.KEPT)
    assert tasks.forget(0) == 1
    with scope(registrar):
        assert marked_workbook(ImportRun.objects.get(pk=run.pk)) is None

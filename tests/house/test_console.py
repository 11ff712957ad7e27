"""The console: workbooks and accounts of a real installation, and refusals that say what to do."""

import io

import pytest
import xlsxwriter

from tests.world import COUNTY, World
from yilian.config.cli import main
from yilian.kernel.access.models import Post, User
from yilian.kernel.imports.sheet import sheets
from yilian.registry.models import Region

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("fresh_database")]


@pytest.fixture(autouse=True)
def _chinese(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def workbook(tmp_path, headers, *rows):
    """Write a workbook with these texts and return its path."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((headers, *rows)):
            page.write_row(number, 0, row)
    path = tmp_path / "upload.xlsx"
    path.write_bytes(buffer.getvalue())
    return path


def regions(tmp_path, *rows):
    return workbook(tmp_path, [column.heading for column in sheets["regions"].columns[:2]], *rows)


def test_regions_found_an_installation_without_an_account(tmp_path, capsys):
    file = regions(tmp_path, ["420000", "江北省"], ["420100", "江城市"])
    assert main(["import", str(file)]) == 0
    assert "新增 2 行" in capsys.readouterr().out
    assert Region.objects.count() == 2
    assert main(["import", str(file)]) == 0
    assert "无变化 2 行" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(tmp_path, capsys):
    assert main(["import", str(regions(tmp_path, ["420000", "江北省"])), "--dry-run"]) == 0
    assert "未写入" in capsys.readouterr().out
    assert not Region.objects.exists()


def test_one_wrong_row_leaves_nothing_and_a_marked_workbook(tmp_path, capsys):
    file = regions(tmp_path, ["420000", "江北省"], ["42", "短"])
    assert main(["import", str(file)]) == 1
    assert "1 行有错误" in capsys.readouterr().out
    assert not Region.objects.exists()
    assert (tmp_path / "upload-错误.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "missing.xlsx"], "找不到文件"),
        (["account", "first"], "--name"),
        (["account", "first", "--name", "某人", "--role", "king"], "没有角色 king"),
        (["account", "first", "--name", "某人", "--role", "admin"], "yilian import"),
    ],
)
def test_a_refusal_says_what_to_do(arguments, words, capsys):
    assert main(arguments) == 1
    assert words in capsys.readouterr().err
    assert not User.objects.exists()


def test_the_console_locks_and_unlocks(capsys):
    World().user("doctor", at=COUNTY)
    assert main(["account", "user1", "--lock"]) == 0
    assert "已锁定" in capsys.readouterr().out
    assert not User.objects.get().is_active
    assert main(["account", "user1", "--unlock"]) == 0
    assert User.objects.get().is_active
    assert User.objects.get().check_password("yilian-demo"), "the password stays"
    assert main(["account", "nobody", "--lock"]) == 1
    assert "没有用户名为 nobody 的账号" in capsys.readouterr().err


def test_an_unknown_table_is_refused_with_the_known_ones(tmp_path, capsys):
    assert main(["import", str(workbook(tmp_path, ["甲", "乙"], ["1", "2"]))]) == 1
    assert "institutions" in capsys.readouterr().err


def test_patients_need_an_account(tmp_path, capsys):
    required = [column.heading for column in sheets["patients"].columns if column.required]
    file = workbook(tmp_path, required, ["某人"] * len(required))
    assert main(["import", str(file), "--sheet", "patients"]) == 1
    assert "--as" in capsys.readouterr().err


def test_the_first_account_can_log_in_and_holds_its_post(capsys):
    place = World().place(COUNTY)
    assert main(["account", "first", "--name", "某人", "--institution", place.name, "--role", "admin"]) == 0
    password = capsys.readouterr().out.split("密码 ")[1].split("（")[0]
    user = User.objects.get(username="first")
    assert user.check_password(password)
    assert [(post.institution_id, post.role) for post in Post.objects.filter(user=user)] == [(place.pk, "admin")]
    assert main(["account", "first"]) == 0
    assert not User.objects.get(username="first").check_password(password)
    assert Post.objects.filter(user=user).count() == 1

"""The doctor: every fault it knows is named in a sentence, and a healthy installation gets none."""

import pytest
from django.conf import settings
from django.db import connection, connections

from yilian.config.cli import main
from yilian.config.doctor import examine, machine
from yilian.config.doctor.finding import Grade
from yilian.kernel import clock, sealing
from yilian.kernel.lake.models import Refresh

pytestmark = pytest.mark.usefixtures("fresh_database")


def bad() -> str:
    return "\n".join(finding.says for finding in examine() if finding.grade is Grade.BAD)


def notes() -> str:
    return "\n".join(finding.says for finding in examine() if finding.grade is Grade.NOTE)


@pytest.fixture
def worker(fresh_database):
    """A worker that has just given a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")


def as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    connections["owner"].close()


def test_without_a_worker_the_doctor_says_what_stops():
    assert "没有后台任务进程" in bad()


@pytest.mark.usefixtures("worker")
def test_a_living_worker_is_counted():
    assert "后台任务" not in bad()


@pytest.mark.usefixtures("worker")
def test_jobs_that_wait_too_long_are_counted():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, status, scheduled_at, priority) values"
            " ('a', 'default', 'todo', now() - interval '11 minutes', 0), ('a', 'default', 'todo', now(), 0),"
            " ('lets others go first', 'default', 'todo', now() - interval '11 minutes', -1)"
        )
    assert "1 个任务等待超过 10 分钟" in bad()


def test_a_refresh_that_failed_is_told_with_its_reason():
    assert "刷新" not in notes()
    Refresh.objects.create(started_at=clock.now(), finished_at=clock.now(), failure="OSError: 磁盘已满")
    assert "数据刷新失败" in notes()
    assert "记录的原因：OSError: 磁盘已满" in notes()


def test_a_missing_migration_is_named_with_its_cure():
    as_owner("delete from django_migrations where app = 'axes'")
    assert "请运行 yilian migrate" in bad()


def test_an_empty_database_is_named_with_its_cure():
    as_owner("drop table procrastinate_workers cascade")
    assert "数据库拒绝了检查" in bad()


def test_a_role_that_goes_round_row_security_is_found(database_template):
    with role(database_template.admin.user, database_template.admin.password):
        assert "能绕过行级安全" in bad()


def test_a_role_that_owns_tables_is_found():
    with role(settings.PLACE.owner.user, settings.PLACE.owner.password):
        assert "能绕过行级安全" in bad()


def test_a_database_that_does_not_answer_is_no_traceback(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")  # the console speaks the language of its terminal
    with role("nobody_at_all", "x"):
        assert main(["doctor"]) == 1
    assert "数据库不应答" in capsys.readouterr().out


def test_a_key_that_others_may_read_is_found():
    file = settings.HOME / "data-key"
    file.chmod(0o644)
    try:
        assert "chmod 600" in bad()
    finally:
        file.chmod(0o600)


def test_a_data_folder_that_others_may_read_is_found():
    mode = settings.HOME.stat().st_mode & 0o777
    settings.HOME.chmod(0o755)
    try:
        assert "chmod 700" in bad()
    finally:
        settings.HOME.chmod(mode)


def test_missing_front_end_files_are_named(settings, tmp_path):
    settings.VENDOR_ROOT = tmp_path
    assert "bootstrap.min.css" in bad()


def test_any_host_is_refused_and_plain_http_is_noted():
    assert "YILIAN_HOSTS" in bad()
    assert "YILIAN_HTTPS=1" in notes()


def test_keys_from_the_environment_are_named(monkeypatch):
    monkeypatch.setenv("YILIAN_SECRET_KEY", "x")
    assert "YILIAN_SECRET_KEY" in "\n".join(finding.says for finding in machine.look_at_keys())


class role:  # noqa: N801 - reads as a statement
    """Let the programs use another database role inside the block."""

    def __init__(self, user: str, password: str) -> None:
        self.parts = {"USER": user, "PASSWORD": password}

    def __enter__(self) -> None:
        connection.close()
        self.before = {name: connection.settings_dict[name] for name in self.parts}
        connection.settings_dict.update(self.parts)

    def __exit__(self, *error: object) -> None:
        connection.close()
        connection.settings_dict.update(self.before)


def test_a_hash_that_this_machine_lacks_is_named(settings, monkeypatch):
    settings.DATA_KEY = "sm3:key"
    assert "HMAC-SM3" in "\n".join(finding.says for finding in machine.look_at_hash())
    monkeypatch.setattr(sealing, "SM3", "sm99")
    settings.DATA_KEY = "sm99:key"
    assert "OpenSSL 不支持" in "\n".join(finding.says for finding in machine.look_at_hash())

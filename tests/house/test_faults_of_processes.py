"""The processes of an installation: two started at once, killed in the middle, and gone without a trace."""

import os
import signal

import pytest

from tests.house.installation import PATIENCE, Load, command_line, installation, status_of, wait_for
from yilian.config.process_record import Records
from yilian.kernel.postgres.postmaster import State

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def two_sites():
    """Two web servers started at once on an empty database."""
    with installation() as made:
        yield made, [made.serve() for _ in range(2)]


def test_two_servers_may_start_at_once_on_an_empty_database(two_sites):
    made, servers = two_sites
    for _process, address in servers:
        assert wait_for(lambda address=address: status_of(address) == (200, "ok"), address)
    with made.app() as connection:
        applied = "select count(*), count(distinct (app, name)) from django_migrations"
        runs, migrations = connection.execute(applied).fetchone()
    assert runs == migrations > 0


def test_a_killed_database_costs_no_committed_row_and_no_ugly_answer(two_sites):
    made, servers = two_sites
    addresses = [address for _process, address in servers]
    for address in addresses:
        wait_for(lambda address=address: status_of(address)[0] == 200, address)
    server = made.place.server()
    with Load(made, addresses) as load:
        wait_for(lambda: len(load.kept) > 200, "load")
        killed, before = server.pid(), len(load.kept)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: server.state() is State.RUNNING and server.pid() != killed, "the restart")
        wait_for(lambda: len(load.kept) > before + 200, "new commits")

    assert [answer for answer in load.answers if answer[0] not in (200, 503)] == []
    assert all("数据库暂时不可用" in text for status, text in load.answers if status == 503)
    assert [status_of(address)[0] for address in addresses] == [200, 200]
    with made.app() as connection:
        there = {row[0] for row in connection.execute("select id from kept").fetchall()}
    assert set(load.kept) <= there


def test_a_job_whose_worker_was_killed_runs_again(two_sites):
    made, servers = two_sites
    wait_for(lambda: status_of(servers[0][1])[0] == 200, "the schema")
    notes = made.home / "notes"
    made.yilian("worker")
    (worker,) = wait_for(lambda: Records(made.home).living("worker"), "a worker")
    with made.app() as connection:
        connection.execute(
            "insert into procrastinate_jobs (task_name, queue_name, args, status)"
            " values ('sample.slow', 'default', jsonb_build_object('file', %s::text), 'todo')",
            [str(notes)],
        )
    wait_for(lambda: notes.exists() and notes.read_text() == "begun\n", "the first run")

    os.kill(worker.pid, signal.SIGKILL)
    with made.app() as connection:  # half a minute goes by without a sign of life
        connection.execute("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 minute'")

    assert wait_for(lambda: notes.read_text() == "begun\nbegun\nended\n", "the second run")


def test_a_web_process_that_dies_is_started_again(two_sites):
    made, servers = two_sites
    process, address = servers[0]
    wait_for(lambda: status_of(address)[0] == 200, address)
    port = address.split(":")[2].split("/")[0]
    asked = f"--port={port}".encode()
    web = next(p for p in Records(made.home).living("web") if asked in command_line(p.pid))

    os.kill(web.pid, signal.SIGKILL)

    wait_for(lambda: web not in Records(made.home).living("web"), "the end")
    assert wait_for(lambda: status_of(address)[0] == 200, "a new web process")
    assert process.poll() is None


def test_nothing_is_left_after_a_signal_or_after_a_killed_supervisor():
    with installation() as made:
        (asked, address), (killed, other) = made.serve(), made.serve()
        for place in (address, other):
            wait_for(lambda place=place: status_of(place)[0] == 200, place)
        children = made.living()

        killed.kill()
        asked.send_signal(signal.SIGINT)

        assert asked.wait(PATIENCE) == 0
        wait_for(lambda: not any(process.lives() for process in children), "the end of all processes")
        assert made.place.server().state() is State.STOPPED


def test_a_taken_port_is_named(two_sites):
    made, servers = two_sites
    address = servers[0][1]
    wait_for(lambda: status_of(address)[0] == 200, address)
    port = address.split(":")[2].split("/")[0]
    process = made.yilian("serve", f"--port={port}")
    said = process.communicate(timeout=PATIENCE)[0].decode()
    assert process.returncode == 1
    assert f"PORT={int(port) + 1}" in said


def test_demo_data_stay_on_this_machine(two_sites):
    process = two_sites[0].yilian("demo", "--host=0.0.0.0")
    said = process.communicate(timeout=PATIENCE)[0].decode()
    assert process.returncode == 1
    assert "--allow-remote" in said

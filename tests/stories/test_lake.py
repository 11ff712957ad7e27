"""The lake follows the database: every change arrives, nothing is written twice, and a lake that stands stays whole."""

import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pyarrow.parquet as pq
import pytest
from django.db import connections

from yilian.config.home import ROOT
from yilian.kernel.lake import checking, refreshing
from yilian.kernel.lake.manifest import BrokenManifestError, read_manifest, write_manifest

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("fresh_database")]
INSERT = "insert into sample_parcel values (%s, 7, %s, %s, 'S', %s, '2026-01-31')"


@pytest.fixture
def lake(tmp_path):
    return tmp_path / "lake"


def run(statement, values=()):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


def send(number, month, weight=10):
    run(INSERT, [number, day(month), weight, number % 2 == 0])


def day(month):
    return datetime(2026, month, 15, 4, tzinfo=UTC)


def held(lake):
    """Return {row_key: (month, weight)} as the lake has it."""
    manifest = read_manifest(lake)
    rows = [row for file in manifest.files("parcel") for row in pq.read_table(file).to_pylist()]
    assert len(rows) == len({row["row_key"] for row in rows})
    return {row["row_key"]: (row["month"], row["weight"]) for row in rows}


def files(lake):
    return {part.month: part.file for part in read_manifest(lake).of("parcel")}


def quiet(lake):
    """Take all there is for seen, once the transactions of before are over: also those of other tests hold it back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (mark,) = cursor.fetchone()
        for _moment in range(1200):
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s", [mark])
            if cursor.fetchone()[0]:
                break
            time.sleep(0.25)
    write_manifest(replace(read_manifest(lake), watermark=mark))


def another_connection():
    return psycopg.connect(**connections["owner"].get_connection_params() | {"cursor_factory": psycopg.Cursor})


def test_only_the_month_that_changed_is_written_anew(lake):
    for number in (1, 2, 3):
        send(number, number)
    first = refreshing.refresh(at=lake)
    assert ("parcel", 202601) in first.months
    assert held(lake) == {"1": (202601, 10), "2": (202602, 10), "3": (202603, 10)}
    before = files(lake)
    quiet(lake)
    assert refreshing.refresh(at=lake).months == ()
    run("update sample_parcel set weight = 11 where id = 2")
    assert refreshing.refresh(at=lake).months == (("parcel", 202602),)
    after = files(lake)
    assert {month for month in after if after[month] != before[month]} == {202602}
    assert held(lake)["2"] == (202602, 11)


def test_what_is_late_moved_or_gone_arrives(lake):
    for number in (1, 2, 3):
        send(number, number)
    refreshing.refresh(at=lake)
    send(4, 1)
    run("update sample_parcel set sent_at = %s where id = 2", [day(5)])
    run("delete from sample_parcel where id = 3")
    done = refreshing.refresh(at=lake)
    assert set(done.months) == {("parcel", month) for month in (202601, 202602, 202603, 202605)}
    assert held(lake) == {"1": (202601, 10), "4": (202601, 10), "2": (202605, 10)}


def test_who_wrote_before_a_refresh_and_committed_after_it_is_not_lost(lake):
    send(1, 1)
    refreshing.refresh(at=lake)
    with another_connection() as slow:
        slow.execute(INSERT, [2, day(1), 20, False])
        send(3, 1)
        refreshing.refresh(at=lake)
        assert set(held(lake)) == {"1", "3"}
        slow.commit()
    refreshing.refresh(at=lake)
    assert set(held(lake)) == {"1", "2", "3"}


def test_what_was_written_inside_a_savepoint_arrives(lake):
    send(1, 1)
    with another_connection() as slow:
        slow.execute("savepoint one")
        slow.execute(INSERT, [2, day(2), 20, False])
        slow.execute("savepoint two")
        slow.execute(INSERT, [3, day(3), 20, False])
        refreshing.refresh(at=lake)
        slow.commit()
    refreshing.refresh(at=lake)
    assert set(held(lake)) == {"1", "2", "3"}


def test_any_order_of_writes_and_refreshes_ends_with_what_the_database_holds(lake):
    chance = random.Random(20261122)
    rows = {}
    for number in range(1, 61):
        choice, key = chance.random(), chance.choice([*rows, None])
        if choice < 0.5 or key is None:
            rows[number] = (chance.randint(1, 6), chance.randint(0, 99))
            send(number, *rows[number])
        elif choice < 0.75:
            rows[key] = (chance.randint(1, 6), chance.randint(0, 99))
            run(
                "update sample_parcel set sent_at = %s, weight = %s where id = %s",
                [day(rows[key][0]), rows[key][1], key],
            )
        else:
            run("delete from sample_parcel where id = %s", [key])
            del rows[key]
        if number % 12 == 0:
            refreshing.refresh(at=lake)
    assert held(lake) == {str(key): (202600 + month, weight) for key, (month, weight) in rows.items()}
    assert checking.check(at=lake) == []


REFRESH = """
import sys, django
django.setup()
from pathlib import Path
from django.db import connections
connections["owner"].settings_dict["NAME"] = sys.argv[1]
from yilian.kernel.lake import refreshing
refreshing.refresh(at=Path(sys.argv[2]))
"""


def test_a_refresh_that_is_killed_leaves_the_old_lake(lake):
    send(1, 1)
    refreshing.refresh(at=lake)
    send(2, 1)
    before = (lake / "manifest.json").read_bytes()
    with another_connection() as blocker, another_connection() as watcher:
        blocker.execute("lock table sample_parcel in access exclusive mode")
        name = connections["owner"].settings_dict["NAME"]
        program = subprocess.Popen(
            [sys.executable, "-c", REFRESH, name, str(lake)],
            cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        )  # fmt: skip
        while not waits(watcher):
            assert program.poll() is None
            time.sleep(0.1)
        program.kill()
        program.wait()
    assert (lake / "manifest.json").read_bytes() == before
    assert checking.broken_files(read_manifest(lake)) == []
    assert held(lake) == {"1": (202601, 10)}
    assert ("parcel", 202601) in refreshing.refresh(at=lake).months
    assert set(held(lake)) == {"1", "2"}


def waits(watcher):
    """Say whether somebody waits for the table of parcels."""
    found = watcher.execute(
        "select count(*) from pg_locks where relation = 'sample_parcel'::regclass and not granted"
    ).fetchone()[0]
    watcher.commit()
    return found > 0


def test_two_refreshes_at_once_take_turns(lake):
    failures = []

    def refresh():
        try:
            refreshing.refresh(at=lake)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    for number in range(1, 6):
        send(number, number)
        threads = [threading.Thread(target=refresh) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(held(lake)) == 5
    assert checking.check(at=lake) == []


def test_who_does_not_wait_is_told_that_the_lake_is_busy(lake):
    with another_connection() as other:
        other.execute("select pg_advisory_lock(hashtext('yilian lake'))")
        with pytest.raises(refreshing.sources.LakeBusyError):
            refreshing.refresh(at=lake, wait=False)


def test_a_watermark_of_another_database_is_not_believed(lake):
    send(1, 1)
    refreshing.refresh(at=lake)
    manifest = read_manifest(lake)
    for stranger in (replace(manifest, source="1/1/1"), replace(manifest, watermark=manifest.watermark + 10**6)):
        run("update sample_parcel set weight = weight + 1")
        write_manifest(replace(stranger, refreshed_at=None))
        assert ("parcel", 202601) in refreshing.refresh(at=lake).months
    assert held(lake)["1"] == (202601, 12)


def test_the_check_finds_what_differs_and_a_rebuild_mends_it(lake):
    send(1, 1)
    send(2, 2)
    refreshing.refresh(at=lake)
    run("update sample_parcel set weight = 12, is_late = true where id = 1")
    run("vacuum sample_parcel")
    quiet(lake)
    (found,) = checking.check(at=lake)
    assert (found.fact, found.month, set(found.columns)) == ("parcel", 202601, {"weight", "is_late"})
    (lake / files(lake)[202602]).write_bytes(b"")
    assert {(one.month, one.is_broken_file) for one in checking.check(at=lake)} == {(202601, False), (202602, True)}
    refreshing.rebuild(at=lake)
    assert checking.check(at=lake) == []
    assert held(lake) == {"1": (202601, 12), "2": (202602, 10)}


def test_a_manifest_that_cannot_be_read_says_so(lake):
    refreshing.refresh(at=lake)
    (lake / "manifest.json").write_text('{"format": 0}')
    with pytest.raises(BrokenManifestError):
        refreshing.refresh(at=lake)
    refreshing.rebuild(at=lake)
    assert read_manifest(lake).refreshed_at is not None

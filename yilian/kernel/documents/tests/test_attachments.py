"""Attachments: behind the wall of their case, complete or not there, and never gone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.documents import tasks, vault
from yilian.kernel.documents.attaching import attach, remove
from yilian.kernel.documents.handing_out import hand_out, visible
from yilian.kernel.documents.models import Attachment, ScanState
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.documents.tests import samples
from yilian.kernel.documents.tests.samples import upload


@pytest.fixture
def report(errand, sender):
    with scope(sender):
        return attach(errand, upload("../王喆 CT 报告.pdf", samples.PDF), "other", by=sender)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_party_reads_it_and_the_reading_is_recorded(report, sender, receiver):
    with scope(receiver):
        assert hand_out(visible(report.pk, receiver), by=receiver) == samples.PDF
        (row,) = AccessRecord.objects.filter(action="downloaded")
        assert (row.user_id, row.object_id) == (receiver.user_id, str(report.pk))
    assert (report.file_name, report.size, report.scan_state) == ("王喆 CT 报告.pdf", len(samples.PDF), "unscanned")


def test_a_stranger_finds_nothing_and_adds_nothing(report, errand, stranger):
    with scope(stranger):
        assert visible(report.pk, stranger) is None
        assert not Attachment.objects.exists()
        with pytest.raises(FileRefused):
            attach(errand, upload("a.pdf", samples.PDF), "other", by=stranger)
    assert not Attachment.objects.exists()


def test_the_disk_holds_neither_content_nor_name(report, vault_folder):
    (path,) = files(vault_folder)
    assert path.name == report.storage_key
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0


def test_a_file_too_large_for_this_house_is_refused_before_it_is_stored(errand, sender, vault_folder):
    with scope(sender), pytest.raises(FileRefused, match=r"20\.1 MB，超过上限 20 MB"):
        attach(errand, upload("a.txt", b"a" * int(20.1 * 1024 * 1024)), "other", by=sender)
    with scope(sender), pytest.raises(FileRefused, match="空的"):
        attach(errand, upload("a.txt", b""), "other", by=sender)
    assert files(vault_folder) == []


def test_the_same_file_twice_is_one_attachment(report, errand, sender, vault_folder):
    with scope(sender):
        again = attach(errand, upload("另名.pdf", samples.PDF), "other", by=sender)
    assert again.pk == report.pk
    assert len(files(vault_folder)) == 1


def test_a_tampered_file_is_not_handed_out(report, sender):
    path = vault.path_of(report.storage_key)
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)
    with scope(sender):
        with pytest.raises(FileRefused, match="与存入时不一致"):
            hand_out(visible(report.pk, sender), by=sender)
        assert AccessRecord.objects.filter(action="found_damaged", object_id=str(report.pk)).count() == 1


def test_another_sealed_file_in_its_place_is_not_handed_out(report, sender):
    other = vault.store([b"%PDF-1.7 another"])
    vault.path_of(other.key).replace(vault.path_of(report.storage_key))
    with scope(sender), pytest.raises(FileRefused, match="与存入时不一致"):
        hand_out(visible(report.pk, sender), by=sender)


def test_removing_keeps_row_and_file_for_the_auditor_of_the_house(report, sender, receiver, vault_folder):
    with scope(receiver), pytest.raises(FileRefused, match="上传该附件的机构"):
        remove(report, by=receiver, reason="误传")
    with scope(sender):
        with pytest.raises(FileRefused, match="请填写移除原因"):
            remove(report, by=sender, reason=" ")
        remove(report, by=sender, reason="误传")
        assert hand_out(visible(report.pk, sender), by=sender) == samples.PDF
    with scope(receiver):
        assert Attachment.objects.get().removed_reason == "误传"
        assert visible(report.pk, receiver) is None
    assert len(files(vault_folder)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.delete(),
        lambda rows: rows.update(sha256="0" * 64),
        lambda rows: rows.update(case_id="0192d0c0-0000-7000-8000-000000000000"),
        lambda rows: rows.update(storage_key="0"),
    ],
)
def test_the_database_lets_nobody_rewrite_an_attachment(report, sender, change):
    with scope(sender), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change(Attachment.objects.filter(pk=report.pk))


def test_a_step_rolled_back_leaves_a_file_that_the_sweeper_takes(report, errand, sender, vault_folder):
    with scope(sender), transaction.atomic():
        attach(errand, upload("b.txt", b"lost"), "other", by=sender)
        transaction.set_rollback(True)
    assert len(files(vault_folder)) == 2
    assert tasks.sweep(0) == 0, "a fresh file may belong to a step that is still being taken"

    yesterday = time.time() - 2 * tasks.DAY
    for path in files(vault_folder):
        os.utime(path, (yesterday, yesterday))
    assert tasks.sweep(0) == 1
    assert [path.name for path in files(vault_folder)] == [report.storage_key]


KILLED = """
import os, signal, sys
import django
django.setup()
from yilian.kernel.documents import vault
def chunks():
    yield b"x" * 200_000
    os.kill(os.getpid(), signal.SIGKILL)
vault.store(chunks())
"""


def test_a_process_killed_while_writing_leaves_nothing_that_counts_as_a_file(vault_folder):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yilian.kernel.documents.tests.killed_settings"}
    environment["KILLED_MEDIA_ROOT"] = str(vault_folder)
    ended = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, check=False)
    assert ended.returncode == -9, ended.stderr.decode()

    (draft,) = files(vault_folder)
    assert draft.parent.name == vault.PENDING
    yesterday = time.time() - 2 * tasks.DAY
    os.utime(draft, (yesterday, yesterday))
    assert list(vault.keys_before(time.time() - tasks.DAY)) == []
    assert files(vault_folder) == []


def test_without_a_scanner_the_row_says_so(report):
    assert report.scan_state == ScanState.UNSCANNED
    assert report.get_scan_state_display() == "未查毒"

"""Scanning through a real socket that speaks clamd's protocol."""

import socketserver
import threading
from struct import unpack

import pytest

from yilian.kernel.access.scope import scope
from yilian.kernel.documents import scanning, tasks
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.handing_out import hand_out, visible
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.documents.tests.samples import upload

BAD = b"the signature of malware"


class Clamd(socketserver.StreamRequestHandler):
    """Answers INSTREAM as clamd does: OK, or the name of what was found."""

    def handle(self) -> None:
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content = b""
        while size := unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.wfile.write(b"stream: Win.Test.EICAR FOUND\0" if BAD in content else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.FILE_SCANNER = f"clamd://127.0.0.1:{server.server_address[1]}"
        yield settings.FILE_SCANNER
        server.shutdown()
        thread.join()


def test_a_clean_file_is_marked_clean(clamd, errand, sender):
    with scope(sender):
        assert attach(errand, upload("a.txt", b"x" * 300_000), "other", by=sender).scan_state == "clean"


def test_malware_is_refused_by_name_and_not_kept(clamd, errand, sender, vault_folder):
    with scope(sender):
        with pytest.raises(FileRefused, match=r"含病毒（Win\.Test\.EICAR），未保存"):
            attach(errand, upload("a.txt", BAD), "other", by=sender)
        assert not Attachment.objects.exists()
    assert not vault_folder.exists()


def test_a_scanner_that_is_down_does_not_stop_work_and_is_asked_again(settings, clamd, errand, sender):
    settings.FILE_SCANNER = "clamd:///nowhere/clamd.ctl"
    with scope(sender):
        row = attach(errand, upload("a.txt", BAD), "other", by=sender)
    assert row.scan_state == "unscanned"
    with pytest.raises(scanning.ScannerDownError):
        tasks.rescan(str(row.pk), sender.institution_id)

    settings.FILE_SCANNER = clamd
    for _again in range(2):
        tasks.rescan(str(row.pk), sender.institution_id)
    with scope(sender), pytest.raises(FileRefused, match="含病毒"):
        hand_out(visible(row.pk, sender), by=sender)

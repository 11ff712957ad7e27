"""Files and papers over the web: for the parties of a case, for nobody else, and what a stranger's code tells."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from yilian.kernel.access.scope import scope
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.tests import samples
from yilian.kernel.documents.tests.conftest import SHEET
from yilian.kernel.pages.tests.test_cases import at


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


def pdf(name: str = "报告.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.PDF, "application/octet-stream")


def attachments_of(person) -> list[Attachment]:
    with scope(person.actor):
        return list(Attachment.objects.all())


@pytest.fixture
def accepted(world, receiver, sent):
    return world.take(sent, "accept", by=receiver.actor)


@pytest.fixture
def report(sender, sent):
    with scope(sender.actor):
        return attach(sent, samples.upload("王喆 CT.pdf", samples.PDF), "other", by=sender.actor)


@pytest.fixture
def sheet(sender, sent):
    with scope(sender.actor):
        return issue(sent, SHEET.key, by=sender.actor)


def test_a_file_is_uploaded_and_read_by_the_other_side(sender, receiver, sent):
    sender.sends(at(sent, "files/"), file=pdf("..\\王喆 CT.pdf"), purpose="other")
    (row,) = attachments_of(receiver)
    answer = receiver.client.get(f"/files/{row.pk}/")
    assert answer.content == samples.PDF
    assert "filename*=UTF-8''%E7%8E%8B%E5%96%86%20CT.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_disguised_file_comes_back_with_the_reason(sender, sent):
    disguised = SimpleUploadedFile("报告.pdf", samples.PROGRAM, "application/pdf")
    sender.sends(at(sent, "files/"), file=disguised, purpose="other")
    assert "文件内容与扩展名“pdf”不符" in sender.sees(at(sent))
    assert attachments_of(sender) == []


@pytest.mark.parametrize("query", ["", "?save"])
def test_a_stranger_finds_no_file_at_any_address(stranger, sent, report, sheet, query):
    stranger.sees(f"/files/{report.pk}/{query}", status=404)
    stranger.sees(f"/files/{sheet.attachment_id}/{query}", status=404)
    stranger.sends(f"/files/{report.pk}/remove/", reason="x", status=404)
    stranger.sends(f"/papers/{sheet.pk}/void/", reason="x", status=404)
    stranger.sends(at(sent, "files/"), file=pdf(), purpose="other", status=404)
    stranger.sends(at(sent, "papers/"), paper=SHEET.key, status=404)
    assert Client().get(f"/files/{report.pk}/").status_code == 302


def test_who_left_the_case_finds_its_files_no_more(sender, report, sent):
    assert sender.client.get(f"/files/{report.pk}/").status_code == 200
    with scope(sender.actor), connection.cursor() as cursor:
        cursor.execute("select case_leave(%s, %s, %s)", [sent.pk, sender.actor.institution_id, 1])
    sender.sees(f"/files/{report.pk}/", status=404)


def test_anyone_verifies_a_paper_and_learns_nothing_personal(sheet):
    page = Client().get(f"/verify/{sheet.token}/").content.decode()
    for told in ("请托单", sheet.number, sheet.issuer, "有效"):
        assert told in page
    for secret in ("请协助会诊", sheet.issued_name, str(sheet.case_id)):
        assert secret not in page
    assert Client().get("/verify/guessed/").status_code == 404


def test_the_holder_compares_a_file_with_the_paper(sender, sheet):
    original = sender.client.get(f"/files/{sheet.attachment_id}/").content
    for content, verdict in ((original, "文件一致"), (original + b" ", "文件不一致")):
        answer = Client().post(f"/verify/{sheet.token}/", {"file": SimpleUploadedFile("a.pdf", content)})
        assert verdict in answer.content.decode()


def test_a_step_takes_its_file_along(sender, receiver, accepted):
    assert 'type="file"' in receiver.part(at(accepted, "do/finish/"))
    receiver.sends(at(accepted, "do/finish/"), result="已会诊", report=pdf(), _version="3", _key="k")
    (row,) = attachments_of(sender)
    assert row.title == "报告.pdf"
    assert re.search(r"报告\.pdf", sender.sees(at(accepted)))


def test_a_refused_step_keeps_no_file(receiver, accepted):
    answer = receiver.sends(at(accepted, "do/finish/"), result="", report=pdf(), _version="3", status=422)
    assert "请填写「结果」" in answer.content.decode()
    assert attachments_of(receiver) == []


def test_a_refused_file_stands_beside_its_question(receiver, accepted):
    disguised = SimpleUploadedFile("报告.pdf", samples.PNG)
    answer = receiver.sends(
        at(accepted, "do/finish/"), result="已会诊", report=disguised, _version="3", status=422
    ).content.decode()
    assert "文件内容与扩展名" in answer
    assert "已会诊</textarea>" in answer


def test_the_same_step_sent_twice_keeps_one_file(receiver, accepted):
    for _again in range(2):
        receiver.sends(at(accepted, "do/finish/"), result="已会诊", report=pdf(), _version="3", _key="once")
    assert len(attachments_of(receiver)) == 1


def test_a_foreign_file_is_no_answer(world, stranger, receiver, accepted, sender):
    with scope(stranger.actor):
        other = world.open("errand", by=stranger.actor, wish="别的事", receiver=receiver.actor.institution_id)
        foreign = attach(other, samples.upload("a.pdf", samples.PDF), "other", by=stranger.actor)
    answer = receiver.sends(
        at(accepted, "do/finish/"), result="已会诊", report=str(foreign.pk), _version="3", status=422
    )
    assert "「报告」请从列表中选择" in answer.content.decode()

"""Files and papers of a case through the JSON interface."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.programs import Program
from tests.world import CITY, ELSEWHERE, TOWNSHIP, World
from yilian.kernel.documents.tests.conftest import SHEET, vault_folder

__all__ = ["vault_folder"]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def sender(world: World) -> Program:
    return Program(world.user("doctor", at=TOWNSHIP))


@pytest.fixture
def stranger(world: World) -> Program:
    return Program(world.user("doctor", at=ELSEWHERE))


@pytest.fixture
def path(world: World, sender: Program) -> str:
    case = sender.open(answers={"receiver": world.place(CITY).pk, "wish": "请会诊"}, then="send")
    return f"cases/errand/{case['id']}"


def upload(program: Program, path: str, content: bytes = PDF, name: str = "报告.pdf", **fields: str):
    form = {"file": SimpleUploadedFile(name, content), "purpose": "other", **fields}
    return program.client.post(f"/api/v1/{path}/documents", form, headers=program.headers)


def refusal(answer, status: int, key: str) -> str:
    assert (answer.status_code, answer.json()["type"]) == (status, f"/help/api/#{key}"), answer.content.decode()
    return answer.json()["detail"]


def test_a_file_is_uploaded_listed_and_handed_out(sender, path):
    answer = upload(sender, path, title="影像报告")
    assert answer.status_code == 201
    (listed,) = sender.get(f"{path}/documents").json()["items"]
    assert listed == answer.json()
    assert (listed["title"], listed["file_name"], listed["size"]) == ("影像报告", "报告.pdf", len(PDF))
    handed = sender.client.get(listed["url"], headers=sender.headers)
    assert (handed.content, handed.headers["Content-Type"]) == (PDF, "application/pdf")
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert sender.client.get(answer.headers["Location"], headers=sender.headers).json() == listed


def test_the_same_file_twice_is_one_document(sender, path):
    first, second = upload(sender, path), upload(sender, path)
    assert first.json()["id"] == second.json()["id"]


def test_a_disguised_an_empty_and_a_missing_file_are_refused(sender, path):
    assert refusal(upload(sender, path, b"MZ\x90\x00" * 64), 422, "file-refused")
    assert refusal(upload(sender, path, b""), 422, "file-refused")
    answer = sender.client.post(f"/api/v1/{path}/documents", {"purpose": "other"}, headers=sender.headers)
    assert refusal(answer, 422, "invalid")
    assert refusal(upload(sender, path, purpose="paper"), 422, "invalid")
    assert refusal(sender.post(f"{path}/documents", {"file": "x"}), 415, "unsupported-media-type")
    assert sender.get(f"{path}/documents").json()["items"] == []


def test_a_broken_form_is_refused(sender, path):
    answer = sender.post(f"{path}/documents", b"x", content_type="multipart/form-data")
    refusal(answer, 400, "malformed")


def test_removing_wants_a_reason_and_the_right(world, sender, path):
    key = upload(sender, path).json()["id"]
    refusal(sender.post(f"documents/{key}/remove", {}), 422, "file-refused")
    receiver = Program(world.user("reception", at=CITY))
    refusal(receiver.post(f"documents/{key}/remove", {"reason": "错传"}), 422, "file-refused")
    assert sender.post(f"documents/{key}/remove", {"reason": "错传"}).status_code == 204
    refusal(sender.get(f"documents/{key}"), 404, "not-found")
    assert sender.get(f"{path}/documents").json()["items"] == []


def test_a_paper_is_issued_and_declared_void(world, sender, path):
    assert sender.get(f"{path}/documents").json()["issuable"] == [
        {"key": SHEET.key, "title": "请托单", "refusal": None}
    ]
    paper = sender.post(f"{path}/papers", {"paper": SHEET.key}).json()
    assert sender.client.get(paper["url"], headers=sender.headers).content.startswith(b"%PDF")
    assert sender.post(f"papers/{paper['id']}/void", {"reason": "写错"}).status_code == 204
    (listed,) = sender.get(f"{path}/documents").json()["papers"]
    assert (listed["number"], listed["void_reason"]) == (paper["number"], "写错")
    receiver = Program(world.user("reception", at=CITY))
    refusal(receiver.post(f"{path}/papers", {"paper": SHEET.key}), 409, "paper-refused")
    refusal(sender.post(f"{path}/papers", {"paper": "nothing"}), 422, "invalid")


@pytest.mark.parametrize("known", [True, False])
def test_a_stranger_finds_no_file_and_no_paper(sender, stranger, path, known):
    document = upload(sender, path).json()["id"] if known else uuid4()
    paper = sender.post(f"{path}/papers", {"paper": SHEET.key}).json()["id"] if known else uuid4()
    for address in (f"{path}/documents", f"documents/{document}", f"documents/{document}/content"):
        refusal(stranger.get(address), 404, "not-found")
    refusal(upload(stranger, path), 404, "not-found")
    refusal(stranger.post(f"{path}/papers", {"paper": SHEET.key}), 404, "not-found")
    refusal(stranger.post(f"documents/{document}/remove", {"reason": "x"}), 404, "not-found")
    refusal(stranger.post(f"papers/{paper}/void", {"reason": "x"}), 404, "not-found")

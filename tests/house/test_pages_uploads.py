"""Files that are too large or not what they say, over the web and at the interface: a sentence, and nothing kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.house.estate import Estate, build
from tests.house.exits import Visitor, text_of
from tests.world import World
from yilian.kernel.documents.limits import MEGABYTE, most_megabytes
from yilian.kernel.documents.tests import samples

LARGE = samples.PDF + b"\0" * (most_megabytes.default * MEGABYTE)
UPLOADS = {
    "oversized": (LARGE, "超过上限"),
    "disguised": (samples.PROGRAM, "文件内容与扩展名"),
    "empty": (b"", "文件是空的"),
}
every_upload = pytest.mark.parametrize(("content", "says"), UPLOADS.values(), ids=UPLOADS)


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


@pytest.fixture
def estate(world: World) -> Estate:
    return build(world, "errand")


def report(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("报告.pdf", content, "application/pdf")


@every_upload
def test_a_bad_file_is_refused_on_the_page_with_its_reason(estate, vault_folder, content, says):
    client, kept = Visitor(estate.user).client, sorted(vault_folder.rglob("*"))
    path = f"/errand/{estate.case.pk}/"
    client.post(f"{path}files/", {"file": report(content), "purpose": "other"})
    assert says in text_of(client.get(path))
    assert sorted(vault_folder.rglob("*")) == kept


@every_upload
def test_a_bad_file_is_refused_at_the_interface_with_its_reason(estate, vault_folder, content, says):
    visitor, kept = Visitor(estate.user), sorted(vault_folder.rglob("*"))
    answer = visitor.client.post(
        f"/api/v1/cases/errand/{estate.case.pk}/documents",
        {"file": report(content), "purpose": "other"},
        headers={"Authorization": f"Bearer {visitor.token}"},
    )
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert says in answer.json()["detail"]
    assert sorted(vault_folder.rglob("*")) == kept

"""The register of papers: what one's house issued and received, narrowed, exported, copied; nothing for strangers."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.issuing import issue, void
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.tests.conftest import SHEET
from yilian.kernel.pages.tests.conftest import draft, person, receiver, sender, sent  # noqa: F401


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def sheets(sender, sent) -> list[IssuedPaper]:  # noqa: F811
    """Three papers of one case: the last one counts, one was declared void by hand."""
    with scope(sender.actor):
        for _time in range(3):
            issue(sent, SHEET.key, by=sender.actor)
        rows = list(IssuedPaper.objects.order_by("id"))
        void(rows[-1], by=sender.actor, reason="抬头有误")
        issue(sent, SHEET.key, by=sender.actor)
        return list(IssuedPaper.objects.order_by("id"))


@pytest.fixture
def office(world):
    return person(world, "office", at=TOWNSHIP)


def test_the_register_shows_every_number_and_why_one_is_void(office, sheets):
    page = office.sees("/papers/")
    assert all(f">{row.number}</a>" in page for row in sheets)
    assert "抬头有误" in page
    void_only = office.part("/papers/?state=void")
    assert sheets[0].number in void_only
    assert sheets[3].number not in void_only.replace("最后文号", "").partition("<table")[2]
    assert "没有符合条件的文书" in office.part("/papers/?q=没有这个号")
    assert "没有符合条件的文书" in office.part(f"/papers/?year={clock.today().year - 1}")


def test_what_one_house_issued_the_other_received(world, office, sheets):
    other = person(world, "office", at=COUNTY)
    assert "没有符合条件的文书" in other.sees("/papers/")
    received = other.sees("/papers/?side=received")
    assert sheets[0].number in received
    assert "/void/" not in received
    stranger = person(world, "office", at=ELSEWHERE)
    assert "没有符合条件的文书" in stranger.sees("/papers/?side=received")
    assert stranger.client.get(f"/papers/{sheets[0].pk}/editable.docx").status_code == 404


def test_the_register_is_exported_and_read_by_its_readers_only(office, sender, sheets):  # noqa: F811
    content = office.client.get("/papers/export.xlsx?state=valid").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["文号", sheets[3].number]
    assert sender.client.get("/papers/").status_code == 403


def test_a_sheet_has_no_editable_copy_and_says_why(office, sheets):
    answer = office.client.get(f"/papers/{sheets[0].pk}/editable.docx")
    assert answer.status_code == 409
    assert "没有可编辑的副本" in answer.content.decode()


def test_values_of_the_query_that_mean_nothing_narrow_nothing(office, sheets):
    page = office.sees("/papers/?year=99999&key=x&state=y&side=z&before=1")
    assert sheets[3].number in page
    later = office.part(f"/papers/?before={sheets[1].pk}").partition("<table")[2]
    assert str(sheets[0].attachment_id) in later
    assert str(sheets[1].attachment_id) not in later

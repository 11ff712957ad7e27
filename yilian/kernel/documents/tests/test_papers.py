"""Official papers: numbered, sealed, verified by anyone who holds the code, stamped when no longer valid."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.world import TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.documents import vault
from yilian.kernel.documents.handing_out import hand_out
from yilian.kernel.documents.issuing import issue, void
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.paper import PaperError, papers
from yilian.kernel.documents.printing import print_out, stamp_of
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.rendering import Face, Stamp, render
from yilian.kernel.documents.tests.conftest import SHEET
from yilian.kernel.documents.verifying import look_up

LETTER = Path(__file__).parent / "letter.typ"


@pytest.fixture
def sheet(errand, sender):
    with scope(sender):
        return issue(errand, SHEET.key, by=sender)


def expire(world, errand):
    return world.take(errand, "expire", by=world.clock_at(TOWNSHIP))


def test_a_paper_has_a_number_a_pdf_and_a_code(sheet, sender):
    year = clock.today().year
    assert (sheet.number, sheet.title, sheet.issuer) == (f"请托〔{year}〕0001号", "请托单", TOWNSHIP)
    with scope(sender):
        pdf = print_out(sheet, by=sender)
        assert pdf.startswith(b"%PDF")
        actions = list(AccessRecord.objects.filter(object_kind="paper").order_by("id").values_list("action", flat=True))
    assert actions == ["issued", "printed"]
    assert vault.content(sheet.attachment.storage_key, sheet.sha256) == pdf


def test_numbers_count_up_by_house_and_year_and_the_old_paper_is_void(sheet, errand, sender):
    with scope(sender):
        second = issue(errand, SHEET.key, by=sender)
        assert second.number.endswith("0002号")
        first = IssuedPaper.objects.get(pk=sheet.pk)
        assert first.void_reason == f"已由 {second.number} 替代"
    with clock.standing_at(clock.now().replace(year=clock.today().year + 1)), scope(sender):
        assert issue(errand, SHEET.key, by=sender).number.endswith("0001号")


def test_a_failed_paper_takes_no_number(errand, sender, monkeypatch):
    def fails(errand):
        raise LookupError

    monkeypatch.setitem(papers._items, SHEET.key, replace(SHEET, context=fails))
    with scope(sender), pytest.raises(LookupError):
        issue(errand, SHEET.key, by=sender)
    monkeypatch.undo()
    with scope(sender):
        assert issue(errand, SHEET.key, by=sender).number.endswith("0001号")


def test_only_the_named_party_issues_and_only_in_the_named_states(world, errand, sender, receiver, sheet):
    with scope(receiver), pytest.raises(PaperRefused, match="由托方的有关岗位开具"):
        issue(errand, SHEET.key, by=receiver)
    declined = world.take(errand, "decline", by=receiver, why="无床位")
    with scope(sender), pytest.raises(PaperRefused, match="只能在以下状态开具：待接收、办理中"):
        issue(declined, SHEET.key, by=sender)


def test_a_stranger_sees_no_paper_and_cannot_issue_one(sheet, errand, stranger):
    with scope(stranger):
        assert not IssuedPaper.objects.exists()
        with pytest.raises(PaperRefused):
            issue(errand, SHEET.key, by=stranger)
    assert not IssuedPaper.objects.exists()


def test_the_code_tells_the_public_five_things_and_nothing_personal(sheet):
    found = look_up(sheet.token)
    assert (found.title, found.number, found.issuer, found.verdict) == ("请托单", sheet.number, TOWNSHIP, "有效")
    assert found.issued_on == clock.today()
    assert found.is_valid
    assert "王喆" not in repr(found)
    assert look_up("guessed") is None


def test_the_holder_compares_the_file(sheet, sender):
    with scope(sender):
        pdf = print_out(sheet, by=sender)
    assert look_up(sheet.token).is_same([pdf[:100], pdf[100:]])
    assert not look_up(sheet.token).is_same([pdf, b" "])


def test_a_voided_paper_says_so_outside_without_the_reason(sheet, sender, receiver):
    with scope(receiver), pytest.raises(PaperRefused, match="出具文书的机构"):
        void(sheet, by=receiver, reason="x")
    with scope(sender):
        with pytest.raises(PaperRefused, match="请填写作废原因"):
            void(sheet, by=sender, reason="")
        void(sheet, by=sender, reason="王喆要求撤回")
    found = look_up(sheet.token)
    assert (found.is_valid, found.verdict, found.lapsed_on) == (False, "已作废", clock.today())
    assert "王喆" not in repr(found)


def test_a_closed_case_lapses_its_papers_and_copies_carry_the_stamp(world, sheet, errand, sender):
    with scope(sender):
        before = print_out(sheet, by=sender)
    expire(world, errand)
    assert look_up(sheet.token).verdict == "已失效"
    with scope(sender):
        lapsed = IssuedPaper.objects.get()
        assert stamp_of(lapsed).text == "不作为就诊凭证"
        assert stamp_of(lapsed).reason.startswith("已超时")
        after = print_out(lapsed, by=sender)
        assert hand_out(lapsed.attachment, by=sender).startswith(b"%PDF")
    assert after != before
    assert not look_up(sheet.token).is_same([after])


@pytest.mark.parametrize("column", ["number", "sha256", "token", "issuer"])
def test_the_database_lets_nobody_rewrite_a_paper(sheet, sender, column):
    with scope(sender), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        IssuedPaper.objects.filter(pk=sheet.pk).update(**{column: "x"})


def test_the_public_function_gives_one_paper_to_who_holds_its_token(sheet):
    with connection.cursor() as cursor:
        cursor.execute("select * from documents_paper_of(%s)", ["%"])
        assert cursor.fetchall() == []
        cursor.execute("select number from documents_paper_of(%s)", [sheet.token])
        assert cursor.fetchall() == [(sheet.number,)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"template": Path("/etc/hostname")}, "no template"),
        ({"template": LETTER.with_name("missing.typ")}, "no template"),
        ({"number_format": "第{year}号"}, "serial"),
        ({"number_format": "{serial}{patient}"}, "knows"),
    ],
)
def test_a_paper_declared_wrongly_stops_the_start(change, why):
    with pytest.raises(PaperError, match=why):
        replace(SHEET, **change)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"lapses_in": ("gone",)}, "no state gone"),
        ({}, "same numbers"),
    ],
)
def test_a_paper_that_does_not_fit_its_case_type_stops_the_start(change, why):
    with pytest.raises(PaperError, match=why):
        papers.add(replace(SHEET, key="errand.other", **change))


@pytest.mark.parametrize("template", [LETTER, SHEET.template], ids=["letter", "form"])
@pytest.mark.parametrize("stamp", [None, Stamp("不作为就诊凭证", "患者已自行就诊", "2026-11-22 10:12")])
def test_letter_and_form_take_long_and_missing_values(template, stamp):
    face = Face(
        "关于商请协助的函" * 3, "江〔2026〕1号", "江城市第一人民医院" * 3, "2026-11-21", "https://a.example/v/x/", stamp
    )
    data = {"to": "各成员医院", "wish": "很长的所求。#strong[*不是标记*] $x$ " * 200, "receiver": None, "day": None}
    (pdf,) = render(template, face, data)
    pages = render(template, face, data, form="png", ppi=20)
    assert pdf.startswith(b"%PDF")
    assert len(pages) > 1

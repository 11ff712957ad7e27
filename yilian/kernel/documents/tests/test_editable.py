"""Editable copies: set like the paper, saying what it says; and the seal that never stands alone on a page."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.documents.editable import docx_of
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.manuscript import Manuscript, Place, letter, lines_of
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.printing import edit_out
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.rendering import Face, Stamp, render
from yilian.kernel.documents.tests.conftest import SHEET

HELD = Path(__file__).parent / "held.typ"
FACE = Face("会议通知", "联会〔2026〕0001号", "江城市第一人民医院", "2026-11-21", "https://a.example/verify/x/")
LETTER = {
    "title": "关于召开联席会议的通知",
    "to": "石桥乡卫生院",
    "body": [{"text": "一、时间", "heading": True}, "十二月一日\x0b上午。"],
    "attached": ["议程", "回执"],
    "copies": "北岭县人民医院",
}


def opened(face: Face, manuscript: Manuscript):
    return Document(BytesIO(docx_of(face, manuscript)))


def said(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def fonts(document, text: str) -> tuple[str, float]:
    """Return the Chinese font and size (pt) of the paragraph with this text."""
    (run,) = next(one.runs for one in document.paragraphs if one.text == text)
    return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_a_copy_says_what_the_letter_says_in_its_order():
    assert said(opened(FACE, letter(LETTER))) == [
        "江城市第一人民医院", "联会〔2026〕0001号", "关于召开联席会议的通知", "石桥乡卫生院：", "一、时间",
        "十二月一日上午。", "附件：1. 议程", "　　　2. 回执", "江城市第一人民医院", "2026年11月21日", "（加盖公章）",
        "抄送：北岭县人民医院",
        "本件为 联会〔2026〕0001号 的可编辑副本，正式文本以系统出具的文件为准；扫描二维码核验。",
    ]  # fmt: skip


def test_a_copy_is_set_by_the_standard():
    document = opened(FACE, letter(LETTER))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert fonts(document, "关于召开联席会议的通知") == ("方正小标宋简体", 22)
    assert fonts(document, "一、时间") == ("黑体", 16)
    assert fonts(document, "十二月一日上午。") == ("仿宋_GB2312", 16)
    assert len(document.inline_shapes) == 1


def test_a_copy_of_a_lapsed_paper_says_so_on_every_page():
    stamped = Face(**{**vars(FACE), "stamp": Stamp("会议已取消", "改期", "2026-11-22 10:00")})
    section = opened(stamped, letter(LETTER)).sections[0]
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "会议已取消。改期 2026-11-22 10:00"


def test_parties_sign_in_places_of_their_own():
    places = (Place("甲医院"), Place("乙医院", "王敏", "2026-01-02"), Place("丙医院"))
    text = Manuscript("合作协议", lines_of(["正文"]), facts=(("编号", "1"),), places=places, has_head=False)
    document = opened(FACE, text)
    assert "江城市第一人民医院" not in said(document)
    cells = [cell.text for row in document.tables[1].rows for cell in row.cells]
    open_place = "签署人：＿＿＿＿＿＿\n　　年　　月　　日"
    assert cells == [
        f"甲医院（盖章）\n{open_place}",
        "乙医院（盖章）\n签署人：王敏\n2026年1月2日",
        f"丙医院（盖章）\n{open_place}",
        "",
    ]


def test_a_sheet_to_fill_in_has_no_copy_and_a_letter_has_one(monkeypatch, errand, sender):
    with scope(sender):
        sheet = issue(errand, SHEET.key, by=sender)
        with pytest.raises(PaperRefused, match="没有可编辑的副本"):
            edit_out(sheet, by=sender)
        copied = replace(SHEET, manuscript=lambda values: Manuscript(values["wish"], ()))
        monkeypatch.setitem(papers._items, SHEET.key, copied)
        copy = edit_out(sheet, by=sender)
        kept = AccessRecord.objects.filter(object_kind="paper", action="printed").last()
    assert errand.wish in said(Document(BytesIO(copy)))
    assert kept.detail["editable"]


@pytest.mark.parametrize("lines", range(2, 8))
@pytest.mark.parametrize("attached", [(), ("议程", "回执")], ids=["bare", "attached"])
def test_the_seal_stands_with_the_last_words(lines, attached):
    assert render(HELD, FACE, {"lines": lines, "to": "各成员单位", "attached": attached})[0].startswith(b"%PDF")

"""An editable copy of a paper as DOCX, set like the paper itself (GB/T 9704): fonts, margins, red head, seal place."""

import io
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from yilian.kernel.documents.manuscript import Line, Manuscript, Place, Style
from yilian.kernel.documents.rendering import Face, drawn

# GB/T 9704: type area 156 mm by 225 mm, 22 lines of 28 characters in size three.
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
TYPE_AREA, PITCH, BODY = Mm(156), Pt(28.9), 16
FANGSONG, SONGTI, HEITI, KAITI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
RED, GREY = RGBColor(0xD7, 0x00, 0x0F), RGBColor(0x5F, 0x5F, 0x5F)
FACES = {Style.BODY: FANGSONG, Style.HEADING: HEITI, Style.SUBHEADING: KAITI}
SEAL_INDENT = Mm(60)
AFTER_BORDERS = tuple(f"w:{name}" for name in ("shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"))


def docx_of(face: Face, manuscript: Manuscript) -> bytes:
    """Return the DOCX. A lapsed paper carries its stamp at the head of every page."""
    page = _Setter(Document())
    page.prepare(face)
    if manuscript.has_head:
        page.head(face)
    page.title(face, manuscript)
    for line in manuscript.lines:
        page.body(line)
    page.attachments(manuscript.attached)
    if manuscript.places:
        page.places(manuscript.places)
    else:
        page.seal(face)
    page.imprint(face, manuscript)
    made = io.BytesIO()
    page.docx.save(made)
    return made.getvalue()


@dataclass
class _Setter:
    """Sets one paragraph after the other into a document."""

    docx: Docx

    def prepare(self, face: Face) -> None:
        section = self.docx.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, width in MARGINS.items():
            setattr(section, name, width)
        section.footer_distance = Mm(28)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(PITCH.twips))
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(grid)
        self.docx.settings.odd_and_even_pages_header_footer = True
        self.docx.core_properties.title, self.docx.core_properties.author = face.title, face.issuer
        _font(self.docx.styles["Normal"], FANGSONG, BODY)
        _page_number(section.footer.paragraphs[0], ALIGN.RIGHT)
        _page_number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)
        if face.stamp is not None:
            for header in (section.header, section.even_page_header):
                text = f"{face.stamp.text}。{face.stamp.reason} {face.stamp.at}"
                _write(header.paragraphs[0], text, HEITI, 10.5, RED)

    def head(self, face: Face) -> None:
        # A long name is set smaller, so that it stays on one line of the type area.
        size = min(38.0, TYPE_AREA.pt / max(1, len(face.issuer)))
        line = self._line(face.issuer, SONGTI, size, align=ALIGN.CENTER, color=RED, exact=False)
        _underline(line)
        self._line(face.number, FANGSONG, BODY, align=ALIGN.RIGHT, exact=False)

    def title(self, face: Face, manuscript: Manuscript) -> None:
        title = self._line(manuscript.title, SONGTI, 22, align=ALIGN.CENTER, exact=False)
        title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(14)
        title.paragraph_format.keep_with_next = True
        if manuscript.note:
            self._line(manuscript.note, FANGSONG, 10.5, align=ALIGN.CENTER, color=GREY)
        if manuscript.facts:
            self._facts(manuscript.facts)
        if manuscript.to:
            self._line(f"{manuscript.to}：", FANGSONG, BODY)

    def body(self, line: Line) -> None:
        paragraph = self._line(line.text, FACES[line.style], BODY, indent=2, align=ALIGN.JUSTIFY)
        paragraph.paragraph_format.keep_with_next = line.style != Style.BODY or bool(line.drawing)
        if line.drawing:
            self.drawing(line)

    def drawing(self, line: Line) -> None:
        """The drawing under its paragraph, which is also what is read aloud for it."""
        picture = self.docx.add_paragraph().add_run().add_picture(io.BytesIO(drawn(line.drawing)), width=TYPE_AREA)
        picture._inline.docPr.set("descr", _printable(line.text))

    def attachments(self, titles: tuple[str, ...]) -> None:
        for at, title in enumerate(titles, 1):
            number = f"{at}. " if len(titles) > 1 else ""
            head = _("附件：") if at == 1 else "　　　"
            paragraph = self._line(f"{head}{number}{title}", FANGSONG, BODY, indent=2)
            if at == 1:
                paragraph.paragraph_format.space_before = PITCH

    def seal(self, face: Face) -> None:
        """The issuer and the day, kept with the last paragraph: a page with nothing but a seal proves nothing."""
        self.docx.paragraphs[-1].paragraph_format.keep_with_next = True
        words = (face.issuer, FANGSONG, BODY, None), (_chinese(face.day), FANGSONG, BODY, None)
        for at, (text, name, size, color) in enumerate((*words, (_("（加盖公章）"), HEITI, 9, GREY))):
            paragraph = self._line(text, name, size, align=ALIGN.CENTER, color=color)
            paragraph.paragraph_format.left_indent = SEAL_INDENT
            paragraph.paragraph_format.space_before = Pt(40 if at == 0 else 0)
            paragraph.paragraph_format.keep_with_next = True

    def places(self, places: tuple[Place, ...]) -> None:
        table = self.docx.add_table(rows=0, cols=2)
        for at, place in enumerate(places):
            cells = table.rows[-1].cells if at % 2 else table.add_row().cells
            texts = (
                _("{name}（盖章）").format(name=place.name),
                _("签署人：{name}").format(name=place.signer or "＿＿＿＿＿＿"),
                _chinese(place.day),
            )
            for row, text in enumerate(texts):
                cell = cells[at % 2]
                _write(cell.paragraphs[0] if row == 0 else cell.add_paragraph(), text, FANGSONG, 14)
            _keep_together(table.rows[-1])

    def imprint(self, face: Face, manuscript: Manuscript) -> None:
        """Whom copies go to, whom to ask, and the code by which the paper is verified."""
        if manuscript.copies:
            _overline(self._line(_("抄送：{names}").format(names=manuscript.copies), FANGSONG, 12, exact=False))
        if manuscript.contact:
            self._line(_("联系人：{name}").format(name=manuscript.contact), FANGSONG, 12, exact=False)
        code = self.docx.add_paragraph()
        code.alignment = ALIGN.RIGHT
        code.paragraph_format.keep_with_next = True
        drawing = io.BytesIO()
        segno.make_qr(face.address, error="m").save(drawing, kind="png", border=0, scale=6)
        code.add_run().add_picture(drawing, width=Mm(20))
        note = _("本件为 {number} 的可编辑副本，正式文本以系统出具的文件为准；扫描二维码核验。")
        self._line(note.format(number=face.number), FANGSONG, 9, color=GREY, align=ALIGN.RIGHT, exact=False)

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        table = self.docx.add_table(rows=0, cols=4)
        table.style = "Table Grid"
        for at in range(0, len(facts), 2):
            cells = table.add_row().cells
            for column, text in enumerate(sum(facts[at : at + 2], ())):
                _write(cells[column].paragraphs[0], text, FANGSONG if column % 2 else HEITI, 10.5)

    def _line(
        self, text: str, name: str, size: float, *, align: Any = None, color: RGBColor | None = None,
        indent: int = 0, exact: bool = True,
    ) -> Paragraph:  # fmt: skip
        paragraph = self.docx.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        if exact:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
        shape.first_line_indent = Pt(size * indent)
        paragraph.alignment = align
        _write(paragraph, text, name, size, color)
        return paragraph


def _write(paragraph: Paragraph, text: str, name: str, size: float, color: RGBColor | None = None) -> None:
    run = paragraph.add_run(_printable(text))
    _font(run, name, size)
    if color is not None:
        run.font.color.rgb = color


def _font(styled: Any, name: str, size: float) -> None:
    """Name the font for Chinese too: Word asks for it apart."""
    styled.font.name, styled.font.size = name, Pt(size)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)


def _printable(text: str) -> str:
    """Leave out what XML cannot carry."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _page_number(paragraph: Paragraph, align: Any) -> None:
    paragraph.alignment = align
    _write(paragraph, "— ", "宋体", 14)
    for kind, instruction in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        _font(run, "宋体", 14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = instruction
        run._r.append(element)
    _write(paragraph, " —", "宋体", 14)


def _underline(paragraph: Paragraph) -> None:
    _border(paragraph, "bottom", "D7000F", eighths=13)


def _overline(paragraph: Paragraph) -> None:
    _border(paragraph, "top", "000000", eighths=8)


def _border(paragraph: Paragraph, side: str, color: str, *, eighths: int) -> None:
    """Draw a line over or under a paragraph; its width is in eighths of a point."""
    borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", color)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    # Word insists on the order of these elements: borders stand before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _keep_together(row: Any) -> None:
    """Let a page end before or after a place to sign, never inside."""
    properties = row._tr.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.append(OxmlElement("w:cantSplit"))


def _chinese(day: str) -> str:
    """Say an ISO day as 2026年11月21日; nothing gives blanks to fill in by hand."""
    if not day:
        return "　　年　　月　　日"
    year, month, date = (int(part) for part in day[:10].split("-"))
    return f"{year}年{month}月{date}日"

"""What a page says to its reader: every text and every spoken attribute, and which of it stands there as data."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from yilian.domains.agreement.library import templates
from yilian.domains.assessment.schemes import shipped
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.wording import HEADS
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.regulation import regulations
from yilian.kernel.workflow.case_type import case_types

SAMPLE = "errand"  # has no English
OWN_NAMES = (
    "简体中文",
    "切换为中文",
    "中",
    "“专科联盟”",
    "专科联盟",
    "“胸痛中心”",
    "“医院成员单位”",
    "报来的包裹",
    "包裹",
    "收件方",
)  # of languages; parts of names; facts of tests
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-label")
SILENT = ("script", "style", "template", "svg", "code")  # what stands in code is written that way in every language
CHINESE = re.compile(r"[\u3001\u3002\u4e00-\u9fff]")
# What no reader should meet: a blank nobody filled, a value nobody put into words, the name of a thing in the code.
RAW = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|\bundefined\b|\bNaN\b|%\(|\{\w*\}|\{\{|\{%|\[object|datetime\.|<\w+ object"
    r"|\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+\.[a-z]+_[a-z_]+\b"
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.said.append(" ".join(data.split()))


def said_by(page: str) -> list[str]:
    """Return every text of an HTML page that is shown or spoken, in its order."""
    reader = _Reader()
    reader.feed(page)
    return reader.said


def left_in_chinese(page: str, data: Iterable[str]) -> Iterator[str]:
    """Yield the texts of a page that hold Chinese besides these words of its data."""
    return _left(CHINESE, page, data)


def left_raw(page: str, data: Iterable[str]) -> Iterator[str]:
    """Yield the texts of a page that were meant for programs, besides these words of its data."""
    return _left(RAW, page, data)


def _left(sign: re.Pattern[str], page: str, data: Iterable[str]) -> Iterator[str]:
    known = re.compile("|".join(map(re.escape, sorted(filter(None, data), key=len, reverse=True))))
    return (text for text in said_by(page) if sign.search(known.sub("", text)))


def sources() -> Iterator[str]:
    """Yield the words of the regulations, of the workbooks and of the sample, Chinese in every language, and keys."""
    errand = case_types[SAMPLE]
    yield from (str(errand.title), str(errand.group), str(errand.help), "答复时限", *(item.key for item in parameters))
    for document in regulations:
        yield from (document.title, document.short_title)
        for citation in document.citations():
            yield from (str(citation), citation.gist, citation.article.label)
    for sheet in sheets:
        for column in sheet.columns:
            yield from (column.heading, str(column.help), column.example, *column.choices)
    for paper in papers:
        if paper.wording:
            yield from paper.wording.read_text(encoding="utf-8").split("\n")
            yield from (field.mark for field in paper.fields)
    yield from (f"“{head}：”" for head in HEADS)
    yield from (scheme.title for scheme in shipped().values())
    yield from (str(paper.title) for paper in papers if paper.case_type == SAMPLE)
    yield "is_known"  # a word of formulas
    for template in templates().values():
        yield from (template.title, *(text for one in template.clauses for text in (one.title, one.text)))

"""Text and the XHTML that FHIR wants for it: lines become breaks, and what comes back is the text that went out."""

import re
from html import escape
from html.parser import HTMLParser

BEGIN, END = '<div xmlns="http://www.w3.org/1999/xhtml"><p>', "</p></div>"
BLOCKS = frozenset((
    "p", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "dt", "dd", "blockquote",
    "pre", "thead", "tbody", "tfoot", "caption", "hr",
))  # fmt: skip
SILENT = frozenset(("script", "style", "title", "head"))
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def narrative(text: str) -> dict[str, str]:
    """Return a Narrative that says this text, each line as it is; what XML cannot hold becomes U+FFFD."""
    lines = UNFIT.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {"status": "additional", "div": BEGIN + "<br/>".join(escape(line, quote=False) for line in lines) + END}


def text_of(div: str) -> str:
    """Return what a narrative says: blocks and breaks as lines, cells side by side; no markup, script or style."""
    reader = _Reader()
    reader.feed(div)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines. Line ends of the source mean a blank, as they do in a browser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.silent = 0
        self.is_fresh = True

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.lines.append("")
            self.is_fresh = False
        elif tag in BLOCKS:
            self._fresh_line()
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += " "

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self._fresh_line()

    def handle_data(self, data: str) -> None:
        data = re.sub(r"\s*\n\s*", " ", data.replace("\r\n", "\n"))
        if self.silent or (self.is_fresh and not data.strip(" \t")):
            return
        self.lines[-1] += data
        self.is_fresh = False

    def text(self) -> str:
        """Return the lines without the empty ones at both ends."""
        return "\n".join(self.lines).strip()

    def _fresh_line(self) -> None:
        if not self.is_fresh and self.lines != [""]:
            self.lines.append("")
        self.is_fresh = True

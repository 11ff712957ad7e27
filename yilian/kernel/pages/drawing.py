"""The parts of pages that have many small pieces, written in Python: the template engine takes a multiple.

Everything that is not ours is escaped here.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from yilian.kernel import clock
from yilian.kernel.pages.asking import Option
from yilian.kernel.pages.columns import Cell, Reader
from yilian.kernel.pages.facts import Fact
from yilian.kernel.workflow.queries import Row


def table_rows(reader: Reader, rows: Iterable[Row]) -> SafeString:
    """Return the rows of a list, each cell with its heading for phones."""
    this_year = f"{clock.today():%Y}-"
    labels = [f'<td data-label="{escape(str(column.title))}"' for column in reader.columns]
    drawn = []
    for row in rows:
        address = f"/{reader.case_type.key}/{row['id']}/"
        line = (label + _cell(cell, address, this_year) for label, cell in zip(labels, reader.cells(row), strict=True))
        drawn.append(f"<tr>{''.join(line)}</tr>")
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


def _cell(cell: Cell, address: str, this_year: str) -> str:
    text = escape(cell.text)
    if cell.is_link:
        return f'><a href="{address}">{text}</a></td>'
    if cell.tone:
        return f'><span class="tag tag-{cell.tone}">{text}</span></td>'
    if cell.is_clipped and text:
        return f' class="clip {cell.column.kind}" title="{text}">{text}</td>'
    if cell.column.kind == "datetime":
        text = text.removeprefix(this_year)  # this year's moments without the year
    hint = f' <span class="small muted">{escape(cell.hint)}</span>' if cell.hint else ""
    return f">{text or _NOTHING}{hint}</td>"


def pairs(lines: Iterable[tuple[str, str]]) -> SafeString:
    """Return terms and what is said of them, for a list of descriptions."""
    drawn = (f"<div><dt>{escape(str(title))}</dt><dd>{escape(str(text))}</dd></div>" for title, text in lines)
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


def facts(lines: Iterable[Fact]) -> SafeString:
    """Return the facts of a card, for a list of descriptions; a table where a fact has one."""
    drawn = (
        f"<div{_WIDE if fact.is_wide else ''}><dt>{escape(fact.title)}</dt><dd>{_told(fact)}</dd></div>"
        for fact in lines
    )
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


def _told(fact: Fact) -> str:
    if not fact.rows:
        return "<br>".join(escape(fact.text).splitlines()) or "—"
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in fact.heads)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(text) or _NOTHING}</td>' for text in row)}</tr>" for row in fact.rows)
    table = f'<table class="grid wraps"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="grid-wrap">{table}</div>'


def choices(options: Iterable[Option]) -> SafeString:
    """Return the options of a select."""
    drawn = (
        f'<option value="{escape(option.value)}"{" selected" if option.is_chosen else ""}'
        f"{_COMMENT if option.wants_comment else ''}>{escape(option.title)}</option>"
        for option in options
    )
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


_COMMENT = ' data-comment="1"'
_WIDE = ' class="wide"'
_NOTHING = "—"

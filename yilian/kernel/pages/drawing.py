"""The two parts of pages that have many small pieces, written in Python: the template engine takes a multiple.

Everything that is not ours is escaped here.
"""

from collections.abc import Iterable

from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

from yilian.kernel.pages.asking import Option
from yilian.kernel.pages.columns import Cell, Reader
from yilian.kernel.workflow.queries import Row


def table_rows(reader: Reader, rows: Iterable[Row]) -> SafeString:
    """Return the rows of a list, each cell with its heading for phones."""
    labels = [f'<td data-label="{safe(str(column.title))}"' for column in reader.columns]
    drawn = []
    for row in rows:
        address = f"/{reader.case_type.key}/{row['id']}/"
        line = (label + _cell(cell, address) for label, cell in zip(labels, reader.cells(row), strict=True))
        drawn.append(f"<tr>{''.join(line)}</tr>")
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


def _cell(cell: Cell, address: str) -> str:
    text = safe(cell.text)
    if cell.is_link:
        return f'><a href="{address}">{text}</a></td>'
    if cell.tone:
        return f'><span class="tag tag-{cell.tone}">{text}</span></td>'
    if cell.is_clipped and text:
        return f' class="clip {cell.column.kind}" title="{text}">{text}</td>'
    hint = f' <span class="small muted">{safe(cell.hint)}</span>' if cell.hint else ""
    return f">{safe(cell.short) or '—'}{hint}</td>"


def choices(options: Iterable[Option]) -> SafeString:
    """Return the options of a select."""
    drawn = (
        f'<option value="{safe(option.value)}"{" selected" if option.is_chosen else ""}'
        f"{_COMMENT if option.wants_comment else ''}>{safe(option.title)}</option>"
        for option in options
    )
    return mark_safe("".join(drawn))  # noqa: S308 - every text was escaped


_COMMENT = ' data-comment="1"'

"""A state diagram as SVG, drawn on the server from a table of steps: states in ranks, arrows with their steps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yilian.kernel.workflow.case_type import CaseType

BOX_WIDTH, BOX_HEIGHT = 116, 34
RANK_HEIGHT, COLUMN_WIDTH = 96, 148
MARGIN = 24
SWEEPS = 8
MOST_ARROWS, MOST_WAYS_BACK = 3, 1


@dataclass(frozen=True)
class Box:
    """A state and the middle of its box."""

    state: str
    title: str
    x: float
    y: float
    style: str


@dataclass(frozen=True)
class Diagram:
    """The picture, and what is better told than drawn: states that many others lead to."""

    svg: SafeString
    told: list[tuple[str, list[str]]]
    is_whole: bool


def draw(case_type: CaseType) -> Diagram:
    """Return the diagram: the beginning on top, every state below the one it is first reached from."""
    sources = _sources(case_type)
    busy = [state for state, found in sources.items() if len(found) > MOST_ARROWS and state not in _main(case_type)]
    ranks = {state: rank for state, rank in _ranks(case_type).items() if state not in busy}
    edges = {edge for edge in case_type.flow.edges if edge[0] in ranks and edge[1] in ranks and edge[0] != edge[1]}
    drawn = _readable(edges, ranks)
    rows = _ordered(ranks, drawn)
    boxes = _placed(case_type, rows)
    width = max(len(row) for row in rows) * COLUMN_WIDTH + 2 * MARGIN
    height = (len(rows) - 1) * RANK_HEIGHT + BOX_HEIGHT + 2 * MARGIN
    label = escape(_("{title}的状态图").format(title=case_type.title))
    arrows = _arrows(case_type, boxes, drawn)
    svg = mark_safe(  # noqa: S308 - every text in it is escaped
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}">'
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path class="arrow" d="M0 0L8 4L0 8z"/></marker></defs>{arrows}{_boxes(boxes.values())}</svg>'
    )
    titles = [(case_type.state_title(state), [case_type.state_title(one) for one in sources[state]]) for state in busy]
    return Diagram(svg, titles, drawn == edges)


def _main(case_type: CaseType) -> set[str]:
    return {str(state) for state in case_type.main_states} | {case_type.flow.start}


def _sources(case_type: CaseType) -> dict[str, list[str]]:
    """Return the states that lead to each state, in the order of the table."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for step in case_type.flow.steps:
        for source in step.sources:
            if step.target_from(source) != source:
                found[step.target_from(source)][source] = None
    return {state: list(sources) for state, sources in found.items()}


def _readable(edges: set[tuple[str, str]], ranks: dict[str, int]) -> set[tuple[str, str]]:
    """Leave out ways back where several lead to one state: they would hide the ways on."""
    back: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for source, target in edges:
        if ranks[target] < ranks[source]:
            back[target].add((source, target))
    crowded = {edge for found in back.values() if len(found) > MOST_WAYS_BACK for edge in found}
    return edges - crowded


def _ranks(case_type: CaseType) -> dict[str, int]:
    """Return how many steps each state is away from the beginning, along the main states where there are any."""
    main = [str(state) for state in case_type.main_states if str(state) in case_type.flow.states]
    ranks = {state: place for place, state in enumerate(main)} or {case_type.flow.start: 0}
    ranks.setdefault(case_type.flow.start, 0)
    todo = list(ranks)
    while todo:
        state = todo.pop(0)
        for step in case_type.flow.steps_from(state):
            target = step.target_from(state)
            if target not in ranks:
                ranks[target] = ranks[state] + 1
                todo.append(target)
    return ranks


def _ordered(ranks: dict[str, int], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the states of each rank, ordered so that neighbours stand near each other (barycentres)."""
    rows: list[list[str]] = [[] for _rank in range(max(ranks.values()) + 1)]
    for state, rank in ranks.items():
        rows[rank].append(state)
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        if source != target:
            near[source].append(target)
            near[target].append(source)
    rows = [row for row in rows if row]
    place = _places(rows)
    for _sweep in range(SWEEPS):
        for row in rows:
            row.sort(key=lambda state: sum(place[other] for other in near[state]) / max(len(near[state]), 1))
            place |= _places([row])
    return rows


def _places(rows: list[list[str]]) -> dict[str, float]:
    return {state: at - (len(row) - 1) / 2 for row in rows for at, state in enumerate(row)}


def _placed(case_type: CaseType, rows: list[list[str]]) -> dict[str, Box]:
    middle = max(len(row) for row in rows) * COLUMN_WIDTH / 2 + MARGIN
    found = {}
    for rank, row in enumerate(rows):
        for state, place in _places([row]).items():
            style = "box-final" if case_type.is_final(state) else "box-plain"
            style = "box-start" if state == case_type.flow.start else style
            x, y = middle + place * COLUMN_WIDTH, MARGIN + rank * RANK_HEIGHT + BOX_HEIGHT / 2
            found[state] = Box(state, case_type.state_title(state), x, y, style)
    return found


def _boxes(boxes: Iterable[Box]) -> SafeString:
    return format_html_join(
        "",
        '<g><rect class="box {}" x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text></g>',
        (_measures(box) for box in boxes),
    )


def _measures(box: Box) -> tuple[object, ...]:
    x, y = round(box.x), round(box.y)
    return box.style, x - BOX_WIDTH // 2, y - BOX_HEIGHT // 2, BOX_WIDTH, BOX_HEIGHT, x, y + 5, box.title


def _arrows(case_type: CaseType, boxes: dict[str, Box], drawn: set[tuple[str, str]]) -> SafeString:
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for step in case_type.flow.steps:
        for source in step.sources:
            edge = (source, step.target_from(source))
            if edge in drawn:
                titles[edge].append(str(step.title))
    return format_html_join(
        "",
        '<path class="edge" d="{}" marker-end="url(#arrow)"><title>{} → {}：{}</title></path>',
        (
            (
                _path(boxes[source], boxes[target], _freer_side(boxes, source, target)),
                boxes[source].title,
                boxes[target].title,
                _("、").join(names),
            )
            for (source, target), names in titles.items()
        ),
    )


def _freer_side(boxes: dict[str, Box], *ends: str) -> int:
    """Return the side on which fewer boxes stand beside two: -1 for the left, else 1."""
    beside = [box.x - boxes[end].x for end in ends for box in boxes.values() if box.y == boxes[end].y]
    return -1 if sum(away < 0 for away in beside) < sum(away > 0 for away in beside) else 1


def _path(source: Box, target: Box, side: int) -> str:
    """Return a curve from box to box: down from below, back up along a side, beside along the row."""
    half_w, half_h = BOX_WIDTH / 2, BOX_HEIGHT / 2
    if target.y > source.y:
        y1, y2 = source.y + half_h, target.y - half_h - 1
        x1 = source.x + _spread(target.x - source.x, half_w)
        x2 = target.x - _spread(target.x - source.x, half_w)
        bend = (y2 - y1) / 2
        return f"M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"
    if target.y == source.y:
        way = 1 if target.x > source.x else -1
        x1, x2, lift = source.x + way * half_w, target.x - way * (half_w + 1), 10 * way
        return f"M{x1:.0f} {source.y + lift:.0f}L{x2:.0f} {target.y + lift:.0f}"
    outmost = max if side > 0 else min
    out = half_w + 26 + abs(source.y - target.y) / 12
    x1, x2 = source.x + side * half_w, target.x + side * (half_w + 1)
    reach = outmost(source.x, target.x) + side * out
    return f"M{x1:.0f} {source.y:.0f}C{reach:.0f} {source.y:.0f} {reach:.0f} {target.y:.0f} {x2:.0f} {target.y:.0f}"


def _spread(distance: float, half: float) -> float:
    """Let arrows to the right leave on the right: at most a little off the middle."""
    return max(-half * 0.6, min(half * 0.6, distance / 8))

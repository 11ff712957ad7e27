"""The text of a charter by clause: numbered, compared with another version, and what it gives each side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from yilian.domains.alliance.models.charter import About
from yilian.registry.comparing import GONE, NEW, SAME, Piece, compared

Clause = Mapping[str, str]
DIGITS = "零一二三四五六七八九"
SIDES = (About.LEAD, About.MEMBER, About.POSITION, About.SHARING)


@dataclass(frozen=True)
class Article:
    """A clause as people read it. `way` is same, new, gone or changed; `lines` are its text in pieces."""

    number: str
    title: str
    about: str
    way: str
    lines: list[list[Piece]]


def articles(clauses: Sequence[Clause], before: Sequence[Clause] | None = None) -> list[Article]:
    """Return the clauses in order; those that another version had and this one has not stand where they stood.

    A clause is recognised by its title, wherever it has moved; one with a new title by what it replaces in its place.
    """
    if before is None:
        return [_read(number, clause, SAME) for number, clause in enumerate(clauses, 1)]
    old, new = [one["title"] for one in before], [one["title"] for one in clauses]
    found: list[Article] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [_beside(k + at + 1, clauses[k + at], before[i + at]) for at in range(j - i)]
            continue
        kept = {one["title"]: one for one in before}
        found += [_read(0, one, GONE) for one in before[i:j] if one["title"] not in new]
        for at, one in enumerate(clauses[k:m], k + 1):
            found.append(_beside(at, one, kept[one["title"]]) if one["title"] in kept else _read(at, one, NEW))
    return found


def by_side(clauses: Sequence[Clause]) -> list[tuple[str, list[Article]]]:
    """Return the clauses about rights, duties, positioning and sharing, by what they settle; none is left out."""
    read = articles(clauses)
    groups = ((str(side.label), [one for one in read if one.about == side]) for side in SIDES)
    return [(title, found) for title, found in groups if found]


def differs(found: Iterable[Article]) -> bool:
    return any(one.way != SAME for one in found)


def ordinal(number: int) -> str:
    """Return 第十二条 for 12 (below 100)."""
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    return f"第{words or DIGITS[0]}条"


def _read(number: int, clause: Clause, way: str) -> Article:
    lines = [[Piece(way, line)] for line in clause["text"].splitlines()]
    return Article(ordinal(number) if number else "", clause["title"], clause.get("about", ""), way, lines)


def _beside(number: int, clause: Clause, before: Clause) -> Article:
    lines = compared(before["text"], clause["text"])
    is_same = all(piece.kind == SAME for line in lines for piece in line)
    way = SAME if is_same else "changed"
    return Article(ordinal(number), clause["title"], clause.get("about", ""), way, lines)

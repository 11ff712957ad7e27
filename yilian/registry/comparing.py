"""What changed between two texts: pure, by lines, and within a changed line by its parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, NEW, GONE = "same", "new", "gone"
PARTS = re.compile(r"[^，。；：、！？,.;:!?]*[，。；：、！？,.;:!?]?")
NEAR = 0.4


@dataclass(frozen=True)
class Piece:
    """A piece of text that stayed, came or went."""

    kind: str
    text: str


def compared(before: str, after: str) -> list[list[Piece]]:
    """Return the lines of both texts in order, each as the pieces it consists of."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[list[Piece]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            lines += [[Piece(SAME, line)] for line in old[i:j]]
        else:
            lines += _changed(old[i:j], new[k:m])
    return lines


def _changed(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    """Pair lines in their order; those that have little in common are shown apart."""
    paired = list(zip(old, new, strict=False))
    for one, other in paired:
        parts, others = _parts(one), _parts(other)
        matcher = SequenceMatcher(None, parts, others, autojunk=False)
        if matcher.ratio() >= NEAR:
            yield _inside(parts, others, matcher)
        else:
            yield [Piece(GONE, one)]
            yield [Piece(NEW, other)]
    yield from ([Piece(GONE, line)] for line in old[len(paired) :])
    yield from ([Piece(NEW, line)] for line in new[len(paired) :])


def _parts(line: str) -> list[str]:
    return [part for part in PARTS.findall(line) if part]


def _inside(before: list[str], after: list[str], matcher: SequenceMatcher) -> list[Piece]:
    pieces: list[Piece] = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(SAME, "".join(before[i:j])))
        else:
            pieces += [Piece(GONE, "".join(before[i:j]))] if j > i else []
            pieces += [Piece(NEW, "".join(after[k:m]))] if m > k else []
    return pieces

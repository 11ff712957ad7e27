"""Recompute a score from an exported snapshot, with nothing but Python 3.8 or newer: python recompute.py snapshot.json

The system reckons with this very file. All arithmetic is in whole numbers and fractions, so that any machine comes to
the same score; points are rounded half up to hundredths once a line and once for the total.
"""

from __future__ import annotations

import hashlib
import json
import sys
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Line = Mapping[str, Any]
    Terms = Mapping[str, Any]
    Share = Callable[[Line, Terms], Fraction | None]
SPREAD, ZERO, FULL = "spread", "zero", "full"
GRADES = {"full": Fraction(1), "half": Fraction(1, 2), "none": Fraction(0)}
ANSWERS = {"yes": Fraction(1), "no": Fraction(0)}
VETO = "veto"
kinds: dict[str, Share] = {}


class BadSnapshotError(ValueError):
    """A snapshot lacks something, or was changed after it was frozen."""


def kind(share: Share) -> Share:
    """Declare how a line earns its points: a function (line, terms) -> share of its weight, None when unknown."""
    kinds[share.__name__] = share
    return share


@kind
def grades(line: Line, terms: Terms) -> Fraction | None:
    """Three grades: all points, half of them, none (4, 2, 0)."""
    return GRADES.get(line.get("mark") or "")


@kind
def match(line: Line, terms: Terms) -> Fraction | None:
    """All points when it is as asked for, else none."""
    return ANSWERS.get(line.get("mark") or "")


@kind
def deduct(line: Line, terms: Terms) -> Fraction | None:
    """Each gap costs `each` of `points` until nothing is left; the value of the line counts the gaps."""
    gaps = _number(line.get("value"))
    if gaps is None:
        return None
    return _within(1 - gaps * Fraction(terms["each"]) / Fraction(terms["points"]))


@kind
def proportional(line: Line, terms: Terms) -> Fraction | None:
    """Nothing at `none`, everything at `full`, a straight line between them; `full` may be the smaller one."""
    value = _number(line.get("value"))
    if value is None:
        return None
    none, full = Fraction(terms["none"]), Fraction(terms["full"])
    return _within((value - none) / (full - none))


@kind
def threshold(line: Line, terms: Terms) -> Fraction | None:
    """The share of the first of `steps` [limit, share] that the value reaches ("ge") or keeps within ("le")."""
    value = _number(line.get("value"))
    if value is None:
        return None
    for limit, share in terms["steps"]:
        reached = value <= Fraction(limit) if terms.get("order") == "le" else value >= Fraction(limit)
        if reached:
            return Fraction(share)
    return Fraction(0)


@kind
def rank(line: Line, terms: Terms) -> Fraction | None:
    """The first of all compared earns everything, the last nothing; nothing for who is not `above` a value at all."""
    place, among, value = line.get("rank"), line.get("among"), _number(line.get("value"))
    if not place or not among:
        return None
    if "above" in terms and value is not None and value <= Fraction(terms["above"]):
        return Fraction(0)
    return Fraction(1) if among == 1 else Fraction(among - place, among - 1)


@kind
def veto(line: Line, terms: Terms) -> Fraction | None:
    """Earns no points; when it has happened ("yes") the whole assessment is failed."""
    return Fraction(0)


def rounded(exact: Fraction) -> Decimal:
    """Return a number rounded half up (away from zero) to hundredths."""
    hundredths = (abs(exact) * 200 + 1) // 2
    return Decimal(int(hundredths) * (-1 if exact < 0 else 1)).scaleb(-2)


def reckon(
    items: Iterable[Mapping[str, Any]], lines: Mapping[str, Line], points: Iterable[Mapping[str, Any]], caps: Terms
) -> dict[str, Any]:
    """Return the result: scores of lines and groups, bonus, penalty, total, whether it is passed.

    A line nobody knows is left out and its weight spread over the others, or counts as nothing or in full, as its item
    declares (`unknown`). `caps` are bonus, penalty (the most points either may come to) and pass_mark.
    """
    scored = [_scored(item, lines.get(item["key"], {})) for item in items]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for one in scored:
        groups.setdefault(one["group"], []).append(one)
    basic = _earned(scored)
    points = list(points)
    bonus = _capped((Fraction(one["points"]) for one in points if Fraction(one["points"]) > 0), caps["bonus"])
    penalty = _capped((-Fraction(one["points"]) for one in points if Fraction(one["points"]) < 0), caps["penalty"])
    vetoed = [one["key"] for one in scored if one["is_vetoed"]]
    total = None if basic is None else max(rounded(basic) + bonus - penalty, Decimal("0.00"))
    return {
        "lines": {one["key"]: _text(one["score"]) for one in scored if one["kind"] != VETO},
        "groups": {title: _text(_rounded(_earned(found))) for title, found in groups.items()},
        "known_weight": _text(sum((one["weight"] for one in scored if one["score"] is not None), Decimal(0))),
        "basic": _text(_rounded(basic)),
        "bonus": _text(bonus),
        "penalty": _text(penalty),
        "vetoed": vetoed,
        "total": _text(total),
        "is_passed": None if total is None else not vetoed and total >= Decimal(caps["pass_mark"]),
    }


def digest_of(snapshot: Mapping[str, Any]) -> str:
    """Return SHA-256 (hex) over everything in a snapshot but the digest itself, keys sorted, UTF-8, no spaces."""
    rest = {key: value for key, value in snapshot.items() if key != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def recompute(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a snapshot; raise BadSnapshotError when it was changed or is none."""
    try:
        if digest_of(snapshot) != snapshot["sha256"]:
            raise BadSnapshotError("the digest does not fit: this file was changed after it was frozen")
        return reckon(snapshot["items"], snapshot["lines"], snapshot["points"], snapshot["caps"])
    except KeyError as missing:
        raise BadSnapshotError(f"the snapshot lacks {missing}") from missing


def _scored(item: Mapping[str, Any], line: Line) -> dict[str, Any]:
    weight = Decimal(item["weight"])
    share = kinds[item["kind"]](line, item["terms"])
    if share is None:
        share = {ZERO: Fraction(0), FULL: Fraction(1)}.get(item["unknown"])
    is_vetoed = item["kind"] == VETO and line.get("mark") == "yes"
    score = None if share is None else rounded(share * Fraction(weight))
    return {"key": item["key"], "kind": item["kind"], "group": item["path"][0], "weight": weight, "score": score,
            "is_vetoed": is_vetoed}  # fmt: skip


def _earned(scored: Iterable[Mapping[str, Any]]) -> Fraction | None:
    """Return what was earned of a hundred, over the lines that are known; None where none is."""
    known = [one for one in scored if one["score"] is not None]
    whole = sum((Fraction(one["weight"]) for one in known), Fraction(0))
    return sum((Fraction(one["score"]) for one in known), Fraction(0)) * 100 / whole if whole else None


def _capped(points: Iterable[Fraction], most: str) -> Decimal:
    return rounded(min(sum(points, Fraction(0)), Fraction(most)))


def _number(text: object) -> Fraction | None:
    return None if text in (None, "") else Fraction(str(text))


def _within(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _rounded(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(exact)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def main(paths: list[str]) -> int:
    """Recompute the snapshot in a file, write both results; 0 when they are the same, 1 when not, 2 without a file."""
    try:
        with open(*paths, encoding="utf-8") as file:
            snapshot = json.load(file)
        found = recompute(snapshot)
    except (BadSnapshotError, OSError, TypeError, ValueError) as bad:
        sys.stderr.write(f"usage: python recompute.py snapshot.json\n{bad}\n")
        return 2
    for item in snapshot["items"]:
        sys.stdout.write(f"{item['title']}\t{found['lines'].get(item['key']) or '-'} / {item['weight']}\n")
    is_same = found == snapshot["result"]
    frozen, verdict = snapshot["result"]["total"], "SAME" if is_same else "DIFFERENT"
    sys.stdout.write(f"total {found['total']} frozen {frozen} {verdict}\n")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:2]))

"""How lines earn points, on paper: every kind at its edges, what is unknown, rounding, bonus, penalty and veto."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yilian.domains.assessment.recompute import kinds, reckon, rounded

CAPS = {"bonus": "5", "penalty": "10", "pass_mark": "60"}
RATE, WORSE = {"none": "60", "full": "95"}, {"none": "50", "full": "5"}
STEPS = {"steps": [["90", "1"], ["70", "0.6"]], "order": "ge"}
FEWER = {"steps": [["5", "1"], ["10", "0.5"]], "order": "le"}


@pytest.mark.parametrize(
    ("kind", "line", "terms", "share"),
    [
        ("grades", {"mark": "half"}, {}, Fraction(1, 2)),
        ("grades", {}, {}, None),
        ("match", {"mark": "no"}, {}, 0),
        ("deduct", {"value": "3"}, {"each": "1", "points": "4"}, Fraction(1, 4)),
        ("deduct", {"value": "9"}, {"each": "1", "points": "4"}, 0),
        ("proportional", {"value": "95"}, RATE, 1),
        ("proportional", {"value": "77.5"}, RATE, Fraction(1, 2)),
        ("proportional", {"value": "12"}, RATE, 0),
        ("proportional", {"value": "5"}, WORSE, 1),
        ("proportional", {"value": "100"}, WORSE, 0),
        ("proportional", {"value": None}, RATE, None),
        ("threshold", {"value": "90"}, STEPS, 1),
        ("threshold", {"value": "89.99"}, STEPS, Fraction(3, 5)),
        ("threshold", {"value": "0"}, STEPS, 0),
        ("threshold", {"value": "10"}, FEWER, Fraction(1, 2)),
        ("rank", {"rank": 1, "among": 1, "value": "4"}, {}, 1),
        ("rank", {"rank": 2, "among": 5, "value": "4"}, {}, Fraction(3, 4)),
        ("rank", {"rank": 1, "among": 5, "value": "0"}, {"above": "0"}, 0),
        ("rank", {}, {}, None),
    ],
)
def test_each_kind_at_its_edges(kind, line, terms, share):
    assert kinds[kind](line, terms) == share


@pytest.mark.parametrize(
    ("exact", "text"),
    [("1/200", "0.01"), ("1/201", "0.00"), ("-1/200", "-0.01"), ("2/3", "0.67"), ("0", "0.00"), ("100", "100.00")],
)
def test_points_are_rounded_half_up(exact, text):
    assert str(rounded(Fraction(exact))) == text


def item(key, kind="grades", weight="10", unknown="spread", group="一", **terms):
    return {"key": key, "kind": kind, "weight": weight, "terms": terms, "unknown": unknown, "path": [group]}


def test_what_is_unknown_is_spread_or_counts_as_declared():
    lines = {"a": {"mark": "full"}}
    for unknown, total in (("spread", "100.00"), ("zero", "50.00"), ("full", "100.00")):
        result = reckon([item("a"), item("b", unknown=unknown)], lines, [], CAPS)
        assert result["total"] == total
    assert reckon([item("a")], {}, [], CAPS) | {"lines": {}} == {
        "lines": {}, "groups": {"一": None}, "known_weight": "0", "basic": None, "bonus": "0.00", "penalty": "0.00",
        "vetoed": [], "total": None, "is_passed": None,
    }  # fmt: skip


def test_bonus_and_penalty_keep_to_their_limits_and_a_veto_fails():
    lines = {"a": {"mark": "half"}, "v": {"mark": "no"}}
    items = [item("a"), item("v", "veto", "0")]
    result = reckon(items, lines, [{"points": "4"}, {"points": "3.5"}, {"points": "-2"}], CAPS)
    assert (result["bonus"], result["penalty"], result["total"], result["is_passed"]) == (
        "5.00",
        "2.00",
        "53.00",
        False,
    )
    assert reckon(items, lines, [{"points": "-99"}], CAPS)["total"] == "40.00"
    assert reckon(items, lines | {"a": {"mark": "full"}}, [], CAPS)["is_passed"] is True
    vetoed = reckon(items, {"a": {"mark": "full"}, "v": {"mark": "yes"}}, [], CAPS)
    assert (vetoed["total"], vetoed["vetoed"], vetoed["is_passed"]) == ("100.00", ["v"], False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["full", "half", "none", ""]), st.integers(1, 40)), min_size=1, max_size=12))
def test_a_total_lies_within_a_hundred_and_the_order_of_lines_does_not_matter(marks):
    items = [item(str(at), weight=str(weight)) for at, (_mark, weight) in enumerate(marks)]
    lines = {str(at): {"mark": mark} for at, (mark, _weight) in enumerate(marks)}
    result = reckon(items, lines, [], CAPS)
    assert result["total"] is None or Decimal(0) <= Decimal(result["total"]) <= Decimal(100)
    assert reckon(items[::-1], lines, [], CAPS) | {"lines": {}} == result | {"lines": {}}

"""Schemes of assessment: trees of four tiers whose last one earns points. Two ship as data files."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.assessment.recompute import FULL, SPREAD, VETO, ZERO, kinds
from yilian.kernel.indicators.catalogue import is_known

FOLDER = Path(__file__).parent
COLUMNS = ("key", "level1", "level2", "level3", "title", "requirement", "kind", "weight", "indicator", "terms",
           "unknown", "source", "certainty")  # fmt: skip
CERTAINTIES = ("原文", "旁证", "推导", "待本地核定")
TERMS = {"deduct": ("each", "points"), "proportional": ("none", "full"), "threshold": ("steps",)}
WHOLE = Decimal(100)
BY_HAND = frozenset(("grades", "match", "veto"))
"""Kinds that people judge; the others count something."""


@dataclass(frozen=True)
class Scheme:
    """A version of a scheme: its code ("county@1"), the kinds of consortium it is for, and its lines (see COLUMNS)."""

    code: str
    title: str
    kinds: tuple[str, ...]
    items: tuple[dict[str, Any], ...]


SHIPPED = (
    ("county", "城市医疗集团、县域医共体综合绩效考核方案", ("city_group", "county_community")),
    ("alliance", "专科联盟年度考核方案（五个方面）", ("specialty_alliance",)),
)


@cache
def shipped() -> dict[str, Scheme]:
    """Return the schemes that come with the program, by code."""
    found = {}
    for name, title, wanted in SHIPPED:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            items = tuple(item_of(row) for row in csv.DictReader(file))
        found[f"{name}@1"] = Scheme(f"{name}@1", title, wanted, items)
    return found


def item_of(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a line of a scheme as it is kept, from a row of text; raises ValueError for terms that are no JSON."""
    return {
        "key": row["key"].strip(),
        "path": [row["level1"].strip(), row["level2"].strip(), row["level3"].strip()],
        "title": row["title"].strip(),
        "requirement": row["requirement"].strip(),
        "kind": row["kind"].strip(),
        "weight": row["weight"].strip(),
        "indicator": row["indicator"].strip(),
        "terms": json.loads(row["terms"] or "{}"),
        "unknown": row["unknown"].strip() or SPREAD,
        "source": row["source"].strip(),
        "certainty": row["certainty"].strip(),
    }


def faults_of(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with a tree, in sentences: nothing for one that can be used."""
    items = list(items)
    faults = [fault for item in items for fault in _faults_of_one(item)]
    keys = [item["key"] for item in items]
    faults += [_("编号“{key}”重复").format(key=key) for key in sorted({key for key in keys if keys.count(key) > 1})]
    if not faults:
        whole = sum((Decimal(item["weight"]) for item in items), Decimal(0))
        if whole != WHOLE:
            faults.append(_("各评分项分值合计应为 100，现为 {whole}").format(whole=whole))
    return faults


def _faults_of_one(item: Mapping[str, Any]) -> list[str]:
    kind, found = item["kind"], []
    if not item["key"] or not item["title"] or not item["path"][0]:
        found.append(_("编号、名称和一级指标不能为空"))
    if kind not in kinds:
        return [*found, _("{key}：没有计分法“{kind}”").format(key=item["key"], kind=kind)]
    if item["indicator"] and not is_known(item["indicator"]):
        found.append(_("{key}：没有指标“{name}”").format(key=item["key"], name=item["indicator"]))
    if item["unknown"] not in (SPREAD, ZERO, FULL):
        found.append(_("{key}：无数据时的计分方式应为 spread、zero 或 full").format(key=item["key"]))
    if item["certainty"] not in CERTAINTIES:
        found.append(_("{key}：请注明依据程度").format(key=item["key"]))
    if not _is_weight(item["weight"], kind) or not _are_terms(item["terms"], kind):
        found.append(_("{key}：分值或计分参数不正确").format(key=item["key"]))
    return found


def _is_weight(text: str, kind: str) -> bool:
    try:
        weight = Decimal(text)
    except InvalidOperation:
        return False
    return weight.is_finite() and (weight == 0 if kind == VETO else Decimal(0) < weight <= WHOLE)


def _are_terms(terms: Mapping[str, Any], kind: str) -> bool:
    try:
        given = [terms[name] for name in TERMS.get(kind, ())]
        numbers = [number for one in given for number in (_flat(one))]
        exact = [Fraction(str(number)) for number in numbers]
    except (KeyError, ValueError, ZeroDivisionError, TypeError):
        return False
    return not (kind == "proportional" and exact[0] == exact[1]) and not (kind == "deduct" and exact[1] <= 0)


def _flat(one: Any) -> list[Any]:
    return [number for step in one for number in step] if isinstance(one, list) else [one]

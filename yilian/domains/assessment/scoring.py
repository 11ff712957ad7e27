"""What a sheet comes to, and the snapshot that freezes all it was reckoned from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yilian.domains.assessment.models import AssessmentPeriod, Sheet
from yilian.domains.assessment.parameters import MOST_BONUS, MOST_PENALTY, PASS_MARK, PUBLISHED
from yilian.domains.assessment.recompute import digest_of, reckon
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium
from yilian.registry.yearly_results import pass_mark_of

FORMAT = "yilian.assessment/1"


def caps_of(consortium: Consortium) -> dict[str, str]:
    """Return what is in force: pass mark (an alliance has its own), most bonus and penalty, what is published."""
    keys = {"pass_mark": PASS_MARK, "bonus": MOST_BONUS, "penalty": MOST_PENALTY, "published": PUBLISHED}
    caps = {name: str(value_of(key, consortium_id=consortium.pk)) for name, key in keys.items()}
    mark = pass_mark_of(consortium)
    return caps if mark is None else caps | {"pass_mark": str(mark)}


def lines_of(sheet: Sheet, said: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the lines to reckon with: the locked data, over them what was `said` (marks, or the member's claims)."""
    return {
        item["key"]: sheet.lines.get(item["key"], {})
        | {name: value for name, value in said.get(item["key"], {}).items() if name in ("mark", "value") and value}
        for item in sheet.period.items
    }


def result_of(sheet: Sheet, said: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """Return the result of a sheet: of the reviewers' marks, or of what is `said`."""
    period = sheet.period
    return reckon(period.items, lines_of(sheet, sheet.marks if said is None else said), sheet.points, period.caps)


def snapshot_of(sheet: Sheet) -> dict[str, Any]:
    """Return everything the score of a sheet follows from, with its digest: enough to reckon it anew anywhere."""
    period: AssessmentPeriod = sheet.period
    snapshot = {
        "format": FORMAT,
        "number": sheet.number,
        "period": {"number": period.number, "first_on": str(period.first_on), "last_on": str(period.last_on)},
        "consortium": str(period.consortium),
        "member": str(sheet.member),
        "measured": {"first_on": str(sheet.first_on), "last_on": str(sheet.last_on)},
        "scheme": {"code": period.scheme, "title": period.scheme_name},
        "items": period.items,
        "caps": period.caps,
        "points": sheet.points,
        "lines": lines_of(sheet, sheet.marks),
        "result": result_of(sheet),
    }
    return snapshot | {"sha256": digest_of(snapshot)}


def numbers_of(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a sheet that follow from its result."""
    total = result["total"]
    return {"result": result, "total": None if total is None else Decimal(total), "is_passed": result["is_passed"]}

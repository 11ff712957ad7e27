"""Documents of the demo: what a member sends along with every third referral."""

from datetime import timedelta
from typing import Any

from yilian.domains.records.issuing import Facts, issue_record
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor

LEAVING = ("send", "submit_for_approval", "submit_to_head")
EVERY = 3
PANELS: tuple[tuple[str, tuple[dict[str, str], ...]], ...] = (
    (
        "电解质与肾功能",
        (
            {"name": "血钾", "value": "3.2", "unit": "mmol/L", "low": "3.5", "high": "5.3"},
            {"name": "血钠", "value": "139", "unit": "mmol/L", "low": "137", "high": "147"},
            {"name": "肌酐", "value": "78", "unit": "umol/L", "low": "57", "high": "97"},
        ),
    ),
    (
        "血常规",
        (
            {"name": "白细胞计数", "value": "11.8", "unit": "10*9/L", "low": "3.5", "high": "9.5"},
            {"name": "血红蛋白", "value": "121", "unit": "g/L", "low": "115", "high": "150"},
        ),
    ),
)


def travelling(case: Any, verb: str, *, by: Actor) -> dict[str, Any]:
    """Return the answer of a leaving step that sends a laboratory report along, filed just before, or nothing."""
    number = int(case.number[-6:])
    if verb not in LEAVING or number % EVERY:
        return {}
    title, values = PANELS[number // EVERY % len(PANELS)]
    facts = Facts(
        "laboratory", f"检验报告（{title}）", by.name, clock.now() - timedelta(hours=1), {"tests": title},
        observations=values,
    )  # fmt: skip
    record = issue_record(facts, patient_id=case.patient_id, by=by, case_id=case.pk)
    return {"documents": [str(record.pk)]}

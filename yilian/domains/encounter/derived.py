"""What follows from the cells of a row: its month, and columns of the fact that nobody types in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Derived:
    """SQL over the typed columns: `month` as yyyymm, and `columns` (with the alias `d`) by their names in the fact."""

    month: str
    columns: dict[str, str]


def _month(column: str) -> str:
    return f"(year({column}) * 100 + month({column}))::int"


IN_PATIENT = "d.visit_type = 'inpatient'"
DERIVED = {
    "encounter": Derived(
        _month("end_at"),
        {
            "los": f"case when {IN_PATIENT} then greatest(datediff('day', d.start_at::date, d.end_at::date), 1) end",
            "is_chronic": "regexp_matches(d.diagnosis, '^(I1[0-5]|E1[0-4])')",
            "insured": "d.insurance in ('employee', 'resident')",
            "hai": f"case when {IN_PATIENT} then d.hai end",
            "is_readmitted": f"case when {IN_PATIENT} then d.is_readmitted end",
            "adverse_reported": "case when d.adverse then d.adverse_reported end",
        },
    ),
    "order": Derived(
        _month("ordered_at"),
        {
            "resulting": "coalesce(d.resulting, d.institution)",
            "recognised": "case when d.recognisable then d.recognised end",
        },
    ),
    "secondment": Derived(_month('"on"'), {}),
    "survey": Derived(_month('"on"'), {}),
}

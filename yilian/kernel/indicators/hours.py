"""How long things take, in hours to two decimals, as aggregates that a measure hands over: `Amount(rows, of=…)`."""

from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, DecimalField, DurationField, ExpressionWrapper, F

HALF = Decimal("0.5")


def span(begins: str, ends: str) -> ExpressionWrapper:
    """Return the time from one column to another."""
    return ExpressionWrapper(F(ends) - F(begins), output_field=DurationField())


class _Hours(Aggregate):
    output_field = DecimalField()

    def __init__(self, expression: Any, inner: str, **extra: Any) -> None:
        template = f"round((extract(epoch from {inner}) / 3600)::numeric, 2)"
        super().__init__(expression, **({"template": template} | extra))


class Hours(_Hours):
    """A percentile of spans of time, the median unless another share is asked for; None of no span."""

    function = "PERCENTILE_CONT"

    def __init__(self, expression: Any, share: Decimal = HALF, **extra: Any) -> None:
        super().__init__(expression, f"percentile_cont({share}) within group (order by %(expressions)s)", **extra)


class MeanHours(_Hours):
    """The mean of spans of time; None of no span."""

    function = "AVG"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, "avg(%(expressions)s)", **extra)

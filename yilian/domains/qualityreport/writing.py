"""Writes the lines of reports from stored results: a few statements for all members of a consortium together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yilian.domains.qualityreport.control import Limits, Month, runs, share_limits, single_limits
from yilian.domains.qualityreport.models import Chart, QualityReport, ReportLine
from yilian.domains.qualityreport.numbers import BASE_MONTHS, Numbers, numbers_inside, read_numbers
from yilian.domains.qualityreport.parameters import LEAST_MONTHS, RUN_MONTHS
from yilian.kernel.clock.periods import Period, add_months, parse
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.results import Point, Total
from yilian.kernel.indicators.tree import Verb
from yilian.kernel.rules.values import value_of


def write_lines(report: QualityReport, numbers: Numbers | None = None) -> None:
    """Write the lines of a report anew; those about which nothing is known in the quarter are left out."""
    quarter, lead, circle = parse(report.quarter), report.member_id or 0, report.consortium_id or 0
    member = report.department_id or lead
    if numbers is None:
        of_unit = report.department_id is not None
        numbers = numbers_inside(circle, lead, quarter, [member]) if of_unit else read_numbers(circle, [lead], quarter)
    least = int(value_of(LEAST_MONTHS, consortium_id=report.consortium_id))
    run = int(value_of(RUN_MONTHS, consortium_id=report.consortium_id))
    written = [
        _line(report, indicators[key], numbers, member, least, run)
        for key, by_place in numbers.now.items()
        if by_place[member].value is not None
    ]
    written.sort(key=lambda pair: (not pair[1], not pair[0].findings))
    lines = [line for line, _is_bad in written]
    for place, line in enumerate(lines, 1):
        line.place = place
    report.lines.all().delete()
    ReportLine.objects.bulk_create(lines)
    report.outliers = sum(is_bad for _line, is_bad in written)
    report.counted_at = oldest([numbers.now[line.key][member] for line in lines])


def oldest(found: Iterable[Total]) -> datetime | None:
    """Return when the oldest of these results was counted; None without any."""
    return min((total.as_of for total in found if total.as_of), default=None)


def _line(
    report: QualityReport, indicator: Indicator, numbers: Numbers, member: int, least: int, run: int
) -> tuple[ReportLine, bool]:
    """Return a line, and whether something in it asks for measures: what is out of control for the better does not."""
    key, quarter = indicator.key, numbers.quarter
    now, group = numbers.now[key][member], numbers.group[key].get(None)
    months = _months(numbers.months[key].get(member, []), quarter)
    chart, limits = _limits(indicator, months, least)
    found = _findings(limits, quarter, run)
    part, whole = (now.part, now.whole) if _counts_rows(indicator) else (None, None)
    better = {indicator.direction == Direction.UP} if indicator.direction != Direction.NONE else set()
    said = [text + (_("（向好）") if is_above in better else "") for text, is_above in found]
    line = ReportLine(
        case=report, key=key, title=str(indicator.title), unit=str(indicator.unit), value=now.value,
        part=part, whole=whole, before=numbers.before[key][member].value, group=_of_group(group),
        missing=now.months_missing, chart=chart, centre=limits.centre if limits else None,
        points=_points(months, limits), findings=said,
    )  # fmt: skip
    return line, any(is_above not in better for _text, is_above in found)


def _of_group(total: Total | None) -> Decimal | None:
    """Return a ratio of the consortium; a sum is left out, for less the own part it would be that of the others."""
    return total.value if total and total.whole else None


def _months(points: Sequence[Point], quarter: Period) -> list[Month]:
    """Return every month of the span, those without a result as unknown."""
    by_month = {point.month: point for point in points}
    first = add_months(quarter.first, -BASE_MONTHS)
    found = []
    for number in range(BASE_MONTHS + 3):
        day = add_months(first, number)
        point = by_month.get(day)
        found.append(Month(f"{day:%Y-%m}", point and point.value, point and point.part, point and point.whole))
    return found


def _limits(indicator: Indicator, months: Sequence[Month], least: int) -> tuple[str, Limits | None]:
    """Choose the chart: a share of rows has limits by its rows, everything else by its own scatter."""
    known = [month for month in months if month.value is not None]
    if len(known) < least:
        return Chart.NONE, None
    is_share = (
        str(indicator.unit) == "%"
        and _counts_rows(indicator)
        and all(month.whole and month.part is not None and 0 <= month.part <= month.whole for month in known)
    )
    if not is_share and 2 * sum(not month.value for month in known) > len(known):
        return Chart.NONE, None  # limits of single values say nothing about what rarely happens
    limits = share_limits(months) if is_share else single_limits(months)
    return (Chart.SHARE if is_share else Chart.SINGLE, limits) if limits else (Chart.NONE, None)


def _counts_rows(indicator: Indicator) -> bool:
    """Say whether it is so many rows of so many: of money or days added up, the whole is no number of trials."""
    formula = indicator.formula
    return formula is None or all(tree.verb is not Verb.SUM for tree in formula.aggregates)


def _points(months: Sequence[Month], limits: Limits | None) -> list[list[str | None]]:
    held = {item.month: item for item in limits.months} if limits else {}
    return [
        [month.month, _text(month.value), *map(_text, (item.low, item.high))]
        if (item := held.get(month.month))
        else [month.month, _text(month.value), None, None]
        for month in months
    ]


def _findings(limits: Limits | None, quarter: Period, run: int) -> list[tuple[str, bool]]:
    """Say which months of the quarter lie outside the limits, which runs reach into it, and if they lie above."""
    if limits is None:
        return []
    first = f"{quarter.first:%Y-%m}"
    said = [
        (
            (_("{month} 高于控制上限 {limit}") if item.is_above else _("{month} 低于控制下限 {limit}")).format(
                month=item.month, limit=item.high if item.is_above else item.low
            ),
            item.is_above,
        )
        for item in limits.months
        if item.month >= first and (item.is_above or item.is_below)
    ]
    for begin, end, is_above in runs(limits, run):
        if end >= first:
            words = (
                _("{begin} 至 {end} 连续高于中心线 {line}") if is_above else _("{begin} 至 {end} 连续低于中心线 {line}")
            )
            said.append((words.format(begin=begin, end=end, line=limits.centre), is_above))
    return said


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)

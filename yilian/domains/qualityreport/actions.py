"""Opens the reports of a quarter: for each group and community, one for every member and department of the lead."""

import logging
from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.qualityreport.models import QualityReport
from yilian.domains.qualityreport.numbers import Numbers, numbers_inside, read_numbers
from yilian.domains.qualityreport.writing import write_lines
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.roles import roles
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period, period_of
from yilian.kernel.indicators.results import last_refreshed
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.consortia import lead_of, members_of, on_day
from yilian.registry.models import Consortium, Department
from yilian.registry.models.consortium import GRID_KINDS

logger = logging.getLogger(__name__)
QUARTER, SATURDAY = 3, 5


def first_working_day(day: date) -> date:
    """Return the first weekday from a day on; public holidays and make-up days are not known here."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def write_due() -> int:
    """Write the reports of the last whole quarter that are not there yet; return how many.

    Nothing happens before the first working day of the new quarter, nor before results were counted in it.
    """
    quarter = period_of(clock.today(), QUARTER).before()
    counted = last_refreshed()
    begins = first_working_day(quarter.last + timedelta(days=1))
    if clock.today() < begins or counted is None or clock.local(counted).date() <= quarter.last:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        return sum(write_for(one, quarter) for one in _consortia(clock.today()))


def write_for(consortium: Consortium, quarter: Period) -> int:
    """Write the missing reports of a consortium for a quarter; return how many. Once only, however often called."""
    lead = lead_of(consortium.pk, clock.today())
    if lead is None:
        return 0
    writer = replace(system_actor(_("系统时钟"), lead.pk, lead.name), roles=roles["quality"].mask)
    places = [row.institution for row in members_of(consortium.pk, quarter.last) if not row.institution.is_authority]
    with scope(writer):
        there = QualityReport.objects.filter(slot__isnull=False, quarter=quarter.label, consortium=consortium)
        known = set(there.values_list("member_id", "department_id"))
        numbers = read_numbers(consortium.pk, [place.pk for place in places], quarter)
        wanted = [place.pk for place in places if (place.pk, None) not in known and numbers.is_known(place.pk)]
        written = sum(_write(consortium, place, None, numbers, writer) for place in wanted)
        units = [unit for unit in _departments(lead.pk, quarter) if (lead.pk, unit) not in known]
        inside = numbers_inside(consortium.pk, lead.pk, quarter, units)
        wanted = [unit for unit in units if inside.is_known(unit)]
        return written + sum(_write(consortium, lead.pk, unit, inside, writer) for unit in wanted)


def _departments(lead_id: int, quarter: Period) -> list[int]:
    """Return the departments of the lead that were there in the quarter."""
    rows = Department.objects.filter(institution=lead_id)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=quarter.first))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _write(consortium: Consortium, member_id: int, department_id: int | None, numbers: Numbers, by: Actor) -> bool:
    answers = {"consortium": consortium.pk, "member": member_id, "quarter": numbers.quarter.label}
    if department_id is not None:
        answers["department"] = department_id

    def fill(case: QualityReport) -> None:
        write_lines(case, numbers)
        QualityReport.objects.filter(pk=case.pk).update(outliers=case.outliers, counted_at=case.counted_at)

    try:
        open_case("quality_report", by=by, answers=answers, then=fill)
    except Refused as refused:
        logger.warning("no report for %s of %s: %s", member_id, consortium.pk, refused)
        return False
    return True


def _consortia(on: date) -> list[Consortium]:
    """Return the running groups and communities: the kinds that answer for the quality of their members."""
    return list(Consortium.objects.filter(on_day("founded_on", "ended_on", on), kind__in=GRID_KINDS).order_by("pk"))

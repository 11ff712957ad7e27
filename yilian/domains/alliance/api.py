"""The door for other parts of the program: plain values in, plain values out. Everything here is public."""

from datetime import date
from typing import Any

from yilian.domains.alliance import clocks, coverage, records
from yilian.domains.alliance.biography import lives_of, numbers_on
from yilian.domains.alliance.life import clocks_of
from yilian.domains.alliance.models import Assessment
from yilian.domains.alliance.plaques import in_force
from yilian.domains.alliance.standing import WORDS, standing_of
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium


def standing(consortium_id: int, on: date) -> str:
    """Return active, yellow_card, dissolution_ordered, winding_up or dissolved; raise Consortium.DoesNotExist."""
    return str(standing_of(Consortium.objects.get(pk=consortium_id), on))


def standing_title(key: str) -> str:
    """Return the words for a standing; raise KeyError for an unknown one."""
    return str({str(standing): word for standing, (word, _tone) in WORDS.items()}[key])


def next_clocks(consortium_id: int, on: date) -> list[dict[str, Any]]:
    """Return the clocks of a consortium: {key, title, on, days_left, is_late, cite}, the earliest first."""
    consortium = Consortium.objects.get(pk=consortium_id)
    found = clocks_of(lives_of([consortium])[consortium.pk], on, numbers_on(on))
    return [
        {
            "key": item.key,
            "title": str(item.title),
            "on": item.on,
            "days_left": item.days_left(on),
            "is_late": item.is_late(on),
            "cite": str(item.cite),
        }
        for item in found
    ]


def results(consortium_id: int) -> list[dict[str, Any]]:
    """Return the published results: {year, total, is_passed, scores, published_on}, the latest first."""
    return [
        {
            "year": row.year,
            "total": row.total,
            "is_passed": row.is_passed,
            "scores": dict(row.scores),
            "published_on": row.published_on,
        }
        for row in Assessment.objects.filter(consortium=consortium_id)
    ]


def banned_until(lead_id: int, specialty: str) -> date | None:
    """Return the last day on which this lead may not apply for this specialty again, or None (S3 20)."""
    years = int(value_of("alliance.ban_years"))
    ended = [row.ended_on for row in records.failed_alliances(lead_id, specialty) if row.ended_on]
    days = [clocks.banned_until(day, years) for day in ended]
    return max(days, default=None)


def wears_plaque(institution_id: int, consortium_id: int, on: date) -> bool:
    """Say whether an institution rightly wears the consortium's plaque on a day."""
    return in_force(institution_id, consortium_id, on) is not None


def grid_map(on: date) -> list[dict[str, Any]]:
    """Return every grid: {id, name, population, regions: [code, …], consortium_id or None, consortium}."""
    return [
        {
            "id": line.grid.pk,
            "name": line.grid.name,
            "population": line.grid.population,
            "regions": [region.code for region in line.regions],
            "consortium_id": line.holder.pk if line.holder else None,
            "consortium": line.holder.name if line.holder else "",
        }
        for line in coverage.grid_lines(on)
    ]


def uncovered_counties(on: date) -> list[dict[str, Any]]:
    """Return the counties no grid covers wholly: {code, name, population, covered: not | partly}."""
    return [
        {
            "code": county.region.code,
            "name": county.region.name,
            "population": county.region.population,
            "covered": str(county.covered),
        }
        for county in coverage.counties(on)
        if county.covered != coverage.Covered.WHOLE
    ]

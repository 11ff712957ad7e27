"""The conditions of one applicant, read from the registry."""

from dataclasses import dataclass
from datetime import date

from yilian.domains.alliance.admission.conditions import CONDITIONS, Condition, Finding, Known, judge
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Institution
from yilian.registry.standing import attested


@dataclass(frozen=True)
class Checked:
    """A condition and how it stands."""

    condition: Condition
    finding: Finding


def known_of(institution: Institution, on: date) -> Known:
    """Return what the registry knows of an institution on a day."""
    sanctions = tuple(institution.sanctions.filter(issued_on__lte=on))
    return Known(institution, sanctions, on, int(value_of("alliance.private_years", on=on)))


def check(institution: Institution, on: date) -> list[Checked]:
    """Return all six conditions in order."""
    known = known_of(institution, on)
    return [
        Checked(condition, judge(condition, known, attested(institution.pk, condition.key))) for condition in CONDITIONS
    ]

"""The conditions of applicants and members, read from the registry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yilian.domains.alliance.admission.conditions import CONDITIONS, Condition, Finding, Known, judge
from yilian.domains.alliance.models import Admission
from yilian.kernel import clock
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Institution, Sanction
from yilian.registry.statements import sources_of


@dataclass(frozen=True)
class Checked:
    """A condition and how it stands."""

    condition: Condition
    finding: Finding


def checked_of(admission: Admission) -> dict[str, Finding]:
    """Return how the applicant stands today by condition; asked once for as long as this object lives.

    Seven rules and a card of its page want to know it.
    """
    kept: dict[str, Finding] | None = admission.__dict__.get("_checked")
    if kept is None:
        found = check_all([admission.applicant], clock.today(), lead_id=admission.lead_id)[admission.applicant_id]
        kept = admission.__dict__["_checked"] = {line.condition.key: line.finding for line in found}
    return kept


def check_all(institutions: Iterable[Institution], on: date, *, lead_id: int | None) -> dict[int, list[Checked]]:
    """Return all six conditions of several institutions by key, in three queries.

    Confirmations count that an authority gave, or the lead whose consortium it is about.
    """
    wanted = list(institutions)
    years = int(value_of("alliance.private_years", on=on))
    sanctions: dict[int, list[Sanction]] = {}
    for row in Sanction.objects.valid().filter(institution__in=wanted, issued_on__lte=on):
        sanctions.setdefault(row.institution_id, []).append(row)
    sources = sources_of(wanted)
    found = {}
    for one in wanted:
        known = Known(one, tuple(sanctions.get(one.pk, ())), on, years, sources[one.pk].heard_by(lead_id))
        found[one.pk] = [Checked(item, judge(item, known)) for item in CONDITIONS]
    return found

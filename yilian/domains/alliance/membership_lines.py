"""The members of a consortium as its page shows them: dates, agreement, plaque, and the conditions they meet today."""

from dataclasses import dataclass
from datetime import date

from yilian.domains.alliance.admission.checking import Checked, check_all
from yilian.domains.alliance.clocks import Lapse
from yilian.domains.alliance.models import Agreement, Plaque
from yilian.domains.alliance.plaques import lapses_of
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import MemberRole


@dataclass(frozen=True)
class MemberLine:
    """One membership with what hangs on it; `conditions` is empty for the lead and for those who have left."""

    membership: Membership
    agreement: Agreement | None
    plaque: Plaque | None
    lapse: Lapse | None
    conditions: tuple[Checked, ...]
    has_left: bool

    @property
    def is_lead(self) -> bool:
        return self.membership.role == MemberRole.LEAD


def member_lines(consortium: Consortium, on: date) -> list[MemberLine]:
    """Return every membership, the lead first, those who have left last."""
    rows = list(Membership.objects.filter(consortium=consortium).select_related("institution__region"))
    agreements = {row.institution_id: row for row in Agreement.objects.filter(consortium=consortium).order_by("id")}
    plaques = list(Plaque.objects.filter(consortium=consortium).select_related("institution", "consortium"))
    lapses, by_institution = lapses_of(plaques), {row.institution_id: row for row in plaques}
    present = [row.institution for row in rows if not _has_left(row, on) and row.role != MemberRole.LEAD]
    checked = check_all(present, on, lead_id=consortium.lead_id)
    found = []
    for row in rows:
        plaque = by_institution.get(row.institution_id)
        found.append(
            MemberLine(
                membership=row,
                agreement=agreements.get(row.institution_id),
                plaque=plaque,
                lapse=lapses[plaque.pk] if plaque else None,
                conditions=tuple(checked.get(row.institution_id, ())),
                has_left=_has_left(row, on),
            )
        )
    return sorted(found, key=_order)


def _order(line: MemberLine) -> tuple[bool, bool, date, int]:
    return (line.has_left, not line.is_lead, line.membership.since_on, line.membership.pk)


def _has_left(row: Membership, on: date) -> bool:
    return row.until_on is not None and row.until_on < on

"""What looks odd about a member's numbers, put on its sheet for both sides to see; the member may explain each."""

from datetime import datetime

from yilian.domains.assessment.gathering import Place
from yilian.domains.assessment.models import Remark, RemarkKind, Sheet
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.registry.suspicions import Suspicion, checks


def flag_suspicions(sheet: Sheet, *, by: Actor, at: datetime) -> None:
    """Let every check look at the member's own rows, and note what was not noted before."""
    place = Place(sheet.member_id, str(sheet.member), Period(sheet.first_on, sheet.last_on))
    noted = set(sheet.remarks.filter(kind=RemarkKind.FLAG).values_list("check_key", "text"))
    with scope(place.eye):
        found = _looked(place, sheet.consortium_id)
    Remark.objects.bulk_create(
        Remark(case=sheet, kind=RemarkKind.FLAG, check_key=key, text=one.text, cases=list(one.cases),
               institution_id=by.institution_id, by_name=by.name, at=at)
        for key, one in found if (key, one.text) not in noted
    )  # fmt: skip


def _looked(place: Place, consortium_id: int) -> list[tuple[str, Suspicion]]:
    return [
        (check.key, one) for check in checks for one in check.look(place.institution_id, consortium_id, place.period)
    ]

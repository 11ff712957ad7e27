"""What becomes of a patient's other cases when one of them ends everything (docs/adr/0044).

The others may belong to institutions that the one who recorded it cannot see. A function of the owner names their keys;
each is then dealt with by the system in the name of the institution that holds it, in a transaction of its own.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.models import Notice
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import take
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.parties import has_a_hand
from yilian.registry.models import Institution

logger = logging.getLogger(__name__)
ENDED_BY = "ended_by"
CLOSING = ("close_draft", "close", "drop_task")
"""The clock's steps that end a case whose patient will not come."""
TOLD = ("doctor", "reception", "nursing")
DIED, ENDED, ELSEWHERE, ALIVE = "died", "ended", "elsewhere", "alive"
SAYS: dict[str, Promise] = {
    DIED: gettext_lazy("患者已登记死亡，请核对本单，写明结果后办结。"),
    ENDED: gettext_lazy("患者的另一事项以“终止全部安排”的原因结束，请核对本单是否仍须办理。"),
    ELSEWHERE: gettext_lazy("患者已在其他机构就诊，请核对本单是否仍须办理。"),
    ALIVE: gettext_lazy("患者的死亡登记系误登，已更正；本单已随之关闭，仍须办理的请重新发起。"),
}
FUNCTIONS = """
create function referral_others_of(cause uuid) returns table (case_id uuid, institution_id int, kind text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, p.institution_id, c.kind from case_file o
    join case_file c on c.patient_id = o.patient_id and c.id <> o.id
    join participation p on p.case_id = c.id and p.side = 1
    where o.id = cause and c.open and c.kind in ('referral', 'followup')
    order by c.id
$$;
create function referral_ended_by(cause uuid) returns table (case_id uuid, institution_id int, kind text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, p.institution_id, c.kind from workflow_caselink l
    join case_file c on c.id = l.source_id
    join participation p on p.case_id = c.id and p.side = 1
    where l.target_id = cause and l.relation = 'ended_by'
    order by c.id
$$;
revoke all on function referral_others_of(uuid) from public;
revoke all on function referral_ended_by(uuid) from public;
grant execute on function referral_others_of(uuid) to {app};
grant execute on function referral_ended_by(uuid) to {app};
"""


@dataclass(frozen=True)
class Other:
    """A case of the same patient, and the institution that began it."""

    case_id: UUID
    institution_id: int
    kind: str


def settle_others(cause_id: UUID, how: str) -> int:
    """Deal with the other open cases of the patient of `cause_id`; return how many. Doing it twice does no more.

    After a death (`DIED`) or a reason that ends everything (`ENDED`), what has not begun is closed, and whoever treats
    the patient is asked to write how it ended. Who is treated `ELSEWHERE` may still need the rest: there it is only
    asked. Raises ExceptionGroup when some could not be dealt with; the others are.
    """
    return _each("referral_others_of", cause_id, lambda case, by: _settle(case, cause_id, how, by))


def tell_of_error(cause_id: UUID) -> int:
    """Tell those whose cases were closed by a death that it was recorded in error; return how many cases."""
    return _each("referral_ended_by", cause_id, lambda case, by: _ask(case, ALIVE, by))


def _each(function: str, cause_id: UUID, deal: Callable[[Case, Actor], None]) -> int:
    faults: list[Exception] = []
    others = _named(function, cause_id)
    with translation.override(settings.LANGUAGE_CODE):
        for other in others:
            try:
                place = Institution.objects.get(pk=other.institution_id)
                by = system_actor(_("系统"), place.pk, place.name)
                with scope(by):
                    deal(case_types[other.kind].model._default_manager.get(pk=other.case_id), by)
            except Exception as fault:
                logger.exception("case %s", other.case_id)
                faults.append(fault)
    if faults:
        raise ExceptionGroup("other cases of a patient", faults)
    return len(others)


def _named(function: str, cause_id: UUID) -> list[Other]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {function}(%s)", [cause_id])
        return [Other(*row) for row in cursor.fetchall()]


def _settle(case: Case, cause_id: UUID, how: str, by: Actor) -> None:
    steps = (case.case_type.flow.step(verb) for verb in CLOSING)
    verb = next((step.verb for step in steps if step and case.state in step.sources), None)
    if verb is None or how == ELSEWHERE:
        _ask(case, how, by)
        return
    title = _("患者死亡") if how == DIED else _("另一事项终止全部安排")
    closed = take(case, verb, by=by, cause=how, cause_title=title)
    link(closed, Case(pk=cause_id), ENDED_BY)


def _ask(case: Case, how: str, by: Actor) -> None:
    """Ask everybody who works on the case to look at it, once."""
    text = str(SAYS[how])
    for place in sorted({row.institution_id for row in case.taking_part()}):
        if not has_a_hand(case, place):
            continue
        with scope(system_actor(by.name, place)):
            if not Notice.objects.filter(case_id=case.pk, institution_id=place, text=text).exists():
                tell(case, place, TOLD, text, by=by)

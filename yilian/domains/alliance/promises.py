"""What an agreement may promise about the consortium's name, and whether it was kept: plaques are our rows."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.alliance.models import Plaque
from yilian.domains.alliance.plaques import lapses_of
from yilian.kernel.workflow.flow import Ask
from yilian.registry.clauses import Duty, Proof, Row, clause_kind
from yilian.registry.regulations import S4


@clause_kind(
    "name", gettext_lazy("名称与标牌使用"), cite=S4.article("7.2.2"),
    asks=(Ask("institution", gettext_lazy("使用单位"), "institution"),),
    help=gettext_lazy("以挂牌登记为准：授权终止后仍未摘牌的为未履行"),
)  # fmt: skip
def name_is_used_rightly(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """A plaque that has lapsed must come down; none on record is unknown, since others may hang unregistered."""
    places = {(duty.consortium_id, _user(duty)) for duty in duties}
    rows = Plaque.objects.filter(consortium__in={one for one, _place in places if one})
    known = [row for row in rows.select_related("institution", "consortium")
             if (row.consortium_id, row.institution_id) in places]  # fmt: skip
    lapses, by_place = lapses_of(known), {}
    for plaque in known:
        by_place.setdefault((plaque.consortium_id, plaque.institution_id), []).append(plaque)
    return {duty.key: _proof(duty, by_place.get((duty.consortium_id, _user(duty)), []), lapses, on) for duty in duties}


def _proof(duty: Duty, plaques: Sequence[Plaque], lapses: Mapping, on: date) -> Proof:
    end = min(duty.last, on)
    hung = [row for row in plaques if row.consented_on <= end]
    if not hung:
        return Proof(None, _("没有挂牌登记"))
    wrong = [row for row in hung if row.surrendered_on is None and (lapse := lapses[row.pk]) and lapse.on <= end]
    rows = tuple(Row(f"{row.institution} {row.consented_on}", f"/consortia/{row.consortium_id}/") for row in hung)
    if wrong:
        return Proof(False, _("授权已于 {day} 终止，尚未摘牌").format(day=lapses[wrong[0].pk].on), rows)
    return Proof(True, _("挂牌经同意"), rows)


def _user(duty: Duty) -> int:
    return int(duty.terms.get("institution") or 0)

"""The white-period view in the JSON interface."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel.api.body import query
from yilian.kernel.api.document.components import DAY, MOMENT, NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import refuse
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.workflow.flow import Ask
from yilian.reports.white_period.gathering import gather
from yilian.reports.white_period.menu import READERS

router = Router()
WISH = (Ask("late", _("只看逾期"), "bool", required=False),)
PERSON = ("id", "number", "patient", "from", "to", "late")
TRAVELLING = (*PERSON, "state_key", "how", "responsible", "person", "phone", "since", "expected", "changes")


@router.get("", openapi_extra=described(
    _("在途与交接"), tag="whereabouts", answer="Whereabouts", query=WISH, problems=("not-yours", "invalid"),
))  # fmt: skip
def whereabouts(request: ApiRequest) -> HttpResponse:
    """Return patients between two institutions that the token's institution sees; late in minutes, in days after."""
    if not request.actor.may(*READERS):
        raise refuse("not-yours", gettext("您的岗位不查看在途患者。请切换岗位或联系本机构管理员。"))
    found = gather(request.actor, only_late=bool(query(request, WISH, request.actor).get("late")))
    return reply({
        "at": found.at,
        "on_the_way": [_shape(line, TRAVELLING) for line in found.on_the_way],
        "not_there": [_shape(line, (*PERSON, "appointment")) for line in found.not_there],
        "after_return": [_shape(line, (*PERSON, "has_arrived", "since", "due_on")) for line in found.after_return],
    })  # fmt: skip


def _shape(line: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name.removesuffix("_key"): line[name] for name in names}


def _schemas() -> dict[str, Any]:
    words, late = {**TEXT, "type": ["string", "null"]}, {**NUMBER, "type": ["integer", "null"]}
    moment, day = {**MOMENT, "type": ["string", "null"]}, {**DAY, "type": ["string", "null"]}
    person = {"id": TEXT, "number": TEXT, "patient": words, "from": words, "to": words, "late": late}
    travelling = record(**person, state=TEXT, how=TEXT, responsible=TEXT, person=TEXT, phone=TEXT, since=moment,
                        expected=moment, changes=NUMBER)  # fmt: skip
    return {
        "OnTheWay": travelling,
        "NotThere": record(**person, appointment=MOMENT),
        "AfterReturn": record(**person, has_arrived={"type": "boolean"}, since=moment, due_on=day),
        "Whereabouts": record(at=MOMENT, on_the_way=several(ref("OnTheWay")), not_there=several(ref("NotThere")),
                              after_return=several(ref("AfterReturn"))),
    }  # fmt: skip


api_parts.add(ApiPart("whereabouts", _("在途与交接"), router, _schemas))

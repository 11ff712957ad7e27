"""The joint round as a case type: planned, called, held, written; or missed, which both sides and the office see."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.ward import effects, facts, parameters, rules
from yilian.domains.ward.models import WardRound
from yilian.domains.ward.panels import notes_card
from yilian.domains.ward.shared_ward import HOST_STAFF, PLAN
from yilian.domains.ward.vocabulary import RoundState as S
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import facts_of
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step

VISITING = Party("visitor", "doctor", "nursing", "reception")
BOTH = (HOST_STAFF, VISITING)
PLANNED_AT = replace(PLAN[0], stands=True)
ABOUT = _("查房情况")
LISTED = (
    Ask("inpatient", _("患者"), "patient", is_personal=True),
    Ask("bed", _("床位"), max_length=20),
    Ask("reason", _("提请查房的问题"), max_length=300, required=False),
)
CALLED = (
    Ask("leader", _("查房主持人"), "practitioner", section=ABOUT),
    Ask("attendees", _("参加人员"), max_length=300, required=False),
    replace(PLANNED_AT, required=False, help=_("与计划不同的，改为双方商定的时间。")),
)
HELD = (
    Ask("attendees", _("参加人员"), max_length=300, stands=True, section=ABOUT),
    Ask("held_at", _("查房时间"), "datetime", required=False, section=ABOUT, help=_("不填为现在。")),
)
WRITTEN = Ask("summary", _("查房小结"), "longtext", rows=5, section=ABOUT)
WHY = Ask("why", _("原因"), max_length=300)
TELL_ALL = ("host", "visitor", "office")
STEPS = (
    Step("list_patient", _("添加查房患者"), (S.PLANNED, S.CALLED, S.HELD), STAY, HOST_STAFF, asks=LISTED, duty=False,
         needs=(rules.bed_is_shared, rules.patient_is_listed_once), then=(effects.list_patient,), tell=()),
    Step("call", _("确认查房"), S.PLANNED, S.CALLED, VISITING, asks=CALLED, needs=(rules.round_lies_ahead,),
         style="primary", tell=("host",), cite=rules.ROUNDS_TOGETHER),
    Step("postpone", _("改期"), (S.PLANNED, S.CALLED), S.PLANNED, BOTH, asks=(PLANNED_AT, WHY), duty=False,
         needs=(rules.round_lies_ahead,), tell=("host", "visitor")),
    Step("hold", _("登记查房"), (S.PLANNED, S.CALLED), S.HELD, BOTH, asks=HELD, needs=(rules.round_is_past,),
         notes=(effects.note_holding,), style="primary", tell=("host", "visitor")),
    Step("write", _("完成小结"), S.HELD, S.WRITTEN, BOTH, asks=(WRITTEN,), needs=(rules.notes_are_settled,),
         notes=(effects.note_writing,), style="primary", tell=("host", "visitor"), cite=rules.ROUNDS_TOGETHER),
    Step("cancel", _("取消"), (S.PLANNED, S.CALLED), S.CANCELLED, BOTH, asks=(WHY,), duty=False, style="danger",
         tell=TELL_ALL),
    Step("miss", _("未按期查房"), (S.PLANNED, S.CALLED), S.MISSED, CLOCK, tell=TELL_ALL),
)  # fmt: skip


def held_card(ward_round: WardRound, actor: Actor) -> dict[str, Any] | None:
    """Return who led and attended the round and what was found in all; None before anybody has said so."""
    groups = facts_of(ward_round, actor, (replace(CALLED[0], required=False), *HELD, WRITTEN))
    return {"groups": groups} if ward_round.leader_id or ward_round.held_at else None


def heading(ward_round: WardRound) -> str:
    """Return what a round is called in lists: its day and what it is about."""
    day = f"{clock.local(ward_round.planned_at):%Y-%m-%d %H:%M}" if ward_round.planned_at else ""
    return " ".join(part for part in (day, ward_round.topics) if part) or str(_("联合查房"))


ward_round_type = case_types.add(
    CaseType(
        key="wardround",
        title=_("联合查房"),
        group=_("协同诊疗"),
        prefix="CF",
        model=WardRound,
        states={
            S.PLANNED: (S.PLANNED.label, "warning"), S.CALLED: (S.CALLED.label, "info"),
            S.HELD: (S.HELD.label, "primary"), S.WRITTEN: (S.WRITTEN.label, "success"),
            S.MISSED: (S.MISSED.label, "danger"), S.CANCELLED: (S.CANCELLED.label, "default"),
        },
        sides=(
            Side("host", 1, _("病房所在机构")),
            Side("visitor", 2, _("共管机构")),
            Side(facts.OFFICE, 10, _("医联体办公室"), is_oversight=True),
        ),
        flow=Flow(
            start=S.PLANNED, finals=(S.WRITTEN, S.MISSED, S.CANCELLED), steps=STEPS,
            deadlines=(
                Deadline(S.PLANNED, parameters.MISSED, "miss", counts_from="planned_at"),
                Deadline(S.CALLED, parameters.MISSED, "miss", counts_from="planned_at"),
                Deadline(S.HELD, parameters.WRITE),
            ),
        ),
        opens=(HOST_STAFF,),
        form=PLAN,
        parties_from={"visitor": "visitor"},
        oversight=facts.offices_over,
        heading=heading,
        columns=(
            Column("number", _("编号")),
            Column("planned_at", _("约定时间"), "datetime"),
            Column("host", _("病房所在机构"), "institution"),
            Column("visitor", _("共管机构"), "institution"),
            Column("topics", _("查房重点")),
            Column("state", _("状态"), "state"),
            Column("held_at", _("查房时间"), "datetime", shown=False),
        ),
        panels=(
            Panel("held", _("查房情况"), "pages/card_facts.html", held_card),
            Panel("notes", _("查房患者"), "ward/card_notes.html", notes_card),
        ),
        main_states=(S.PLANNED, S.CALLED, S.HELD, S.WRITTEN),
        icon="stethoscope",
        comes_along=True,
        help=_("在延伸病房由双方共同进行的查房：安排、确认、登记、小结；过约定时间仍未登记的记为未按期，双方都计入。"),
    )
)  # fmt: skip

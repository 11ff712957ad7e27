"""The emergency mode of a consortium as a case type: switched on by the lead on a ground, ended by itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import parameters, reasons
from yilian.domains.referral.green import rules
from yilian.domains.referral.models import EmergencyMode
from yilian.domains.referral.models.green import EmergencyState as S
from yilian.kernel import clock
from yilian.kernel.almanac.keeping import distrust
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.kernel.workflow.moment import Moment
from yilian.registry import known
from yilian.registry.consortia import members_of
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import chain, level_of

LEAD = Party("lead", "office", "director")
UNTIL = Ask("until_at", _("启用至"), "datetime", is_copied=False, help=_("到时自动结束；最长时间见参数。"))
GROUND = Ask("ground", _("启用依据"), "longtext", max_length=2000, is_copied=False,
             help=_("如上级通知、院长办公会决定、指挥部指令及其时间。"))  # fmt: skip
FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("emergency_reason", _("启用原因"), "reason", source=reasons.EMERGENCY),
    GROUND,
    UNTIL,
)
REVIEW = Ask("review", _("结束情况"), "longtext", max_length=2000, required=False)


def switch_on(moment: Moment) -> None:
    """Note since when and by whom, and hold the consortium: a second mode beside it is refused."""
    distrust()
    moment.set(on_at=moment.at, on_by=moment.actor.name, holds=moment.case.consortium_id)


def prolong(moment: Moment) -> None:
    distrust()


def switch_off(moment: Moment) -> None:
    """Note when it ended: at its hour if that is past, else now."""
    distrust()
    mode: Any = moment.case
    moment.set(ended_at=min(moment.at, mode.until_at or moment.at), holds=None)


def those_concerned(mode: EmergencyMode, parties: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the other members of the consortium, and the authorities of the lead's county and city."""
    lead = parties["lead"]
    rows = members_of(mode.consortium_id, clock.today()) if mode.consortium_id else []
    members = {row.institution_id for row in rows} - {lead}
    place = known.institution(lead)
    codes = chain(place.region_id) if place and place.region_id else []
    below = {code for code in codes if level_of(code) >= RegionLevel.CITY}
    over = {authority.pk for authority in known.authorities() if authority.region_id in below}
    return {"member": sorted(members - over), "authority": sorted(over - {lead})}


STEPS = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, LEAD, asks=FORM, duty=False, tell=()),
    Step("switch_on", _("启用应急模式"), S.DRAFT, S.ON, LEAD, completes=True, convenes=True, style="danger",
         needs=(rules.actor_leads, rules.ground_is_written, rules.end_is_near), notes=(switch_on,),
         tell=("member", "authority"), cite=rules.CENTRES,
         confirm=_("启用后，成员单位之间的转诊不待院内审核即可发出，事后限期补审。")),
    Step("discard", _("作废草稿"), S.DRAFT, S.DISCARDED, LEAD, duty=False, tell=()),
    Step("prolong", _("延长"), S.ON, STAY, LEAD, asks=(UNTIL, GROUND), duty=False, notes=(prolong,),
         needs=(rules.actor_leads, rules.ground_is_written, rules.end_is_near), tell=("member", "authority")),
    Step("end", _("结束应急模式"), S.ON, S.ENDED, LEAD, asks=(REVIEW,), duty=False, style="primary",
         notes=(switch_off,), tell=("member", "authority")),
    Step("lapse", _("到时自动结束"), S.ON, S.ENDED, CLOCK, notes=(switch_off,), tell=("lead", "member", "authority")),
)  # fmt: skip
TONES = {S.DRAFT: "default", S.ON: "danger", S.ENDED: "success", S.DISCARDED: "default"}

case_types.add(
    CaseType(
        key="emergency",
        title=_("应急模式"),
        group=_("协同诊疗"),
        prefix="YJ",
        model=EmergencyMode,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("lead", 1, _("牵头单位")),
            Side("member", 2, _("成员单位")),
            Side("authority", 11, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=Flow(
            start=S.DRAFT,
            finals=(S.ENDED, S.DISCARDED),
            steps=STEPS,
            deadlines=(Deadline(S.ON, parameters.EMERGENCY_CLOSE, "lapse", counts_from="until_at"),),
        ),
        opens=(LEAD,),
        form=FORM,
        oversight=those_concerned,
        heading=lambda mode: mode.emergency_reason_name or str(_("应急模式")),
        columns=(
            Column("number", _("编号")),
            Column("consortium", _("医联体")),
            Column("emergency_reason_name", _("启用原因")),
            Column("state", _("状态"), "state"),
            Column("on_at", _("启用时间"), "datetime"),
            Column("until_at", _("启用至"), "datetime"),
            Column("on_by", _("启用人")),
        ),
        main_states=(S.DRAFT, S.ON, S.ENDED),
        refusals={
            "emergency_mode_once": _("该医联体已在应急模式中，请在原事项上延长或结束。"),
            "emergency_mode_ends_later": _("结束时间应晚于启用时间。"),
        },
        icon="urgent",
        verb_new=_("启用应急模式"),
        help=_("牵头单位在突发事件时启用：期间成员单位之间的转诊不待院内审核，事后限期补审；到时自动结束。"),
    )
)

"""The shared ward as a case type: proposed by the host, agreed by the visitor, in force for a time."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.ward import effects, facts, parameters, rules
from yilian.domains.ward.models import SharedWard
from yilian.domains.ward.panels import rounds_card
from yilian.domains.ward.vocabulary import WardState as S
from yilian.domains.ward.vocabulary import Way
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step

HOST, VISITOR = Party("host", "director", "reception"), Party("visitor", "director", "reception")
HOST_STAFF = Party("host", "doctor", "nursing", "reception")
AGREED, TERM = _("合作内容"), _("合作期")
FORM = (
    Ask("visitor", _("共管机构"), "institution", section=AGREED, help=_("派医师来共管病房、参加联合查房的机构。")),
    Ask("name", _("病房名称"), max_length=60, section=AGREED),
    Ask("beds", _("床位"), max_length=300, section=AGREED, help=_("逐个写明，用空格分隔，如“1床 2床 3床”。")),
    Ask("host_department", _("病房所在科室"), "department", required=False, section=AGREED),
    Ask("host_head", _("所在机构负责人"), "practitioner", section=AGREED),
    Ask("visitor_department", _("共管科室"), "department", source="visitor", required=False, section=AGREED),
    Ask("visitor_head", _("共管机构负责人"), "practitioner", source="visitor", required=False, section=AGREED,
        help=_("可由对方同意时指定。")),
    Ask("rounds_a_month", _("每月约定查房次数"), "int", minimum=0, maximum=60, section=AGREED,
        initial=facts.rounds_promised, help=_("默认值待本地核定。")),
    Ask("duties", _("双方职责"), "longtext", required=False, max_length=2000, section=AGREED),
    Ask("since_on", _("起"), "date", section=TERM),
    Ask("until_on", _("止"), "date", section=TERM),
)  # fmt: skip
PLAN = (
    Ask("planned_at", _("约定时间"), "datetime"),
    Ask("way", _("方式"), "choice", choices=Way.choices),
    Ask("topics", _("查房重点"), max_length=300, required=False),
)
GOOD = (
    rules.visitor_is_another, rules.both_are_of_one_consortium, rules.beds_are_named, rules.days_run_forward,
    rules.heads_belong_to_their_sides, rules.departments_belong_to_their_sides,
)  # fmt: skip
VISITORS_HEAD = Ask("visitor_head", _("共管机构负责人"), "practitioner", stands=True)
WHY = Ask("end_reason", _("原因"), max_length=300)
STEPS = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, HOST, asks=FORM, duty=False, tell=()),
    Step("propose", _("提交对方同意"), S.DRAFT, S.PROPOSED, HOST, needs=GOOD, notes=(effects.note_consortium,),
         completes=True, convenes=True, style="primary", cite=rules.ROUNDS_TOGETHER),
    Step("discard", _("作废草稿"), S.DRAFT, S.WITHDRAWN, HOST, duty=False, style="danger"),
    Step("agree", _("同意"), S.PROPOSED, S.IN_FORCE, VISITOR, asks=(VISITORS_HEAD,), style="primary",
         needs=(rules.heads_belong_to_their_sides, rules.days_run_forward), tell=("host", "office")),
    Step("decline", _("不同意"), S.PROPOSED, S.DECLINED, VISITOR, asks=(WHY,), duty=False, style="danger",
         tell=("host",)),
    Step("withdraw", _("撤回"), S.PROPOSED, S.WITHDRAWN, HOST, duty=False, style="danger", tell=("visitor",)),
    Step("plan_round", _("安排联合查房"), S.IN_FORCE, STAY, HOST_STAFF, asks=PLAN, duty=False, tell=(),
         needs=(rules.round_lies_ahead, rules.round_lies_in_the_term), then=(effects.plan_round,),
         cite=rules.ROUNDS_TOGETHER),
    Step("end", _("提前终止"), S.IN_FORCE, S.ENDED, (HOST, VISITOR), asks=(WHY,), needs=(rules.rounds_are_settled,),
         notes=(effects.note_end,), duty=False, style="danger", tell=("host", "visitor", "office")),
    Step("expire", _("到期"), S.IN_FORCE, S.EXPIRED, CLOCK, notes=(effects.note_end,),
         tell=("host", "visitor", "office")),
)  # fmt: skip

shared_ward_type = case_types.add(
    CaseType(
        key="sharedward",
        title=_("延伸病房"),
        group=_("协同诊疗"),
        prefix="YF",
        model=SharedWard,
        states={
            S.DRAFT: (S.DRAFT.label, "default"), S.PROPOSED: (S.PROPOSED.label, "warning"),
            S.IN_FORCE: (S.IN_FORCE.label, "success"), S.DECLINED: (S.DECLINED.label, "danger"),
            S.WITHDRAWN: (S.WITHDRAWN.label, "default"), S.ENDED: (S.ENDED.label, "default"),
            S.EXPIRED: (S.EXPIRED.label, "default"),
        },
        sides=(
            Side("host", 1, _("病房所在机构")),
            Side("visitor", 2, _("共管机构")),
            Side(facts.OFFICE, 10, _("医联体办公室"), is_oversight=True),
        ),
        flow=Flow(
            start=S.DRAFT, finals=(S.DECLINED, S.WITHDRAWN, S.ENDED, S.EXPIRED), steps=STEPS,
            deadlines=(
                Deadline(S.PROPOSED, parameters.ANSWER),
                Deadline(S.IN_FORCE, parameters.LAST_DAY, "expire", counts_from="until_on"),
            ),
        ),
        opens=(HOST,),
        form=FORM,
        parties_from={"visitor": "visitor"},
        oversight=facts.offices_over,
        heading=lambda ward: ward.name or str(_("延伸病房")),
        columns=(
            Column("number", _("编号")),
            Column("name", _("病房名称")),
            Column("host", _("病房所在机构"), "institution"),
            Column("visitor", _("共管机构"), "institution"),
            Column("beds", _("床位")),
            Column("state", _("状态"), "state"),
            Column("until_on", _("止"), "date"),
        ),
        panels=(Panel("rounds", _("联合查房"), "ward/card_rounds.html", rounds_card),),
        main_states=(S.DRAFT, S.PROPOSED, S.IN_FORCE, S.EXPIRED),
        refusals={"shared_ward_has_days": _("止日不早于起日。")},
        icon="emergency-bed",
        verb_new=_("新建延伸病房"),
        help=_("两家机构约定共管的病房：床位、双方负责人、起止日期和每月查房次数；在此安排联合查房。"),
    )
)  # fmt: skip

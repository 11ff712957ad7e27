"""The question to a specialist as a case type: its table of steps, words, lists and sides."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yilian.domains.advice import effects, form, parameters, rules
from yilian.domains.advice.models import Advice, Priority
from yilian.domains.advice.models import AdviceState as S
from yilian.domains.advice.panels import answer_card
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import CLOCK, Deadline, Flow, Party, Side, Step
from yilian.registry.consortia import shared_consortia
from yilian.registry.regulations import S4

ASKER, ADVISER = Party("asker", "doctor"), Party("adviser", "doctor")
ADVISER_DESK = Party("adviser", "doctor", "reception")
ADVISING = (S4.article("3.2.2"), S4.article("3.2.4"))
STEPS = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, ASKER, asks=form.FORM, duty=False, tell=()),
    Step("ask", _("发出咨询"), S.DRAFT, S.ASKED, ASKER, style="primary", completes=True, convenes=True,
         needs=(rules.adviser_is_another, rules.adviser_is_a_member, rules.colleagues_are_the_advisers,
                rules.patient_is_alive, rules.patient_is_asked),
         notes=(effects.start_clock,), cite=S4.article("3.2.4")),
    Step("discard", _("作废草稿"), S.DRAFT, S.WITHDRAWN, ASKER, duty=False, style="danger", tell=()),
    Step("withdraw", _("撤回咨询"), (S.ASKED, S.CLARIFYING), S.WITHDRAWN, ASKER, duty=False, style="danger",
         tell=("adviser",)),
    Step("answer", _("答复"), S.ASKED, S.ANSWERED, ADVISER, asks=(form.ANSWER, form.RECOMMENDATION), style="primary",
         notes=(effects.note_answer,), tell=("asker",), cite=S4.article("3.2.2"),
         help=_("申请方收到后可追问、结束，或据此转诊。")),
    Step("advise", _("指导并退回（无需转诊）"), S.ASKED, S.ADVISED, ADVISER, asks=(form.ANSWER,), duty=False,
         sets={"recommendation": "stay"}, notes=(effects.note_answer,), tell=("asker",), cite=S4.article("3.2.2")),
    Step("convert", _("转为转诊单"), S.ASKED, S.CONVERTED, ADVISER, asks=(form.ANSWER, form.WARD), duty=False,
         needs=(rules.conversion_is_authorised, rules.colleagues_are_the_advisers),
         sets={"recommendation": "refer"}, notes=(effects.note_answer,),
         then=(effects.convert,), tell=("asker",), cite=S4.article("3.2.5"),
         help=_("依申请方事先授权，为其拟好转往本机构的转诊单；患者、诊断和随单病历一并带入，由申请方补全后发出。")),
    Step("ask_back", _("要求补充情况"), S.ASKED, S.CLARIFYING, ADVISER, asks=(form.WANTED,), duty=False,
         tell=("asker",)),
    Step("decline", _("不受理"), S.ASKED, S.DECLINED, ADVISER_DESK, asks=(form.REASON,), duty=False, style="danger",
         tell=("asker",)),
    Step("clarify", _("补充情况"), S.CLARIFYING, S.ASKED, ASKER, asks=(form.GIVEN,), style="primary"),
    Step("ask_more", _("追问"), S.ANSWERED, S.ASKED, ASKER, asks=(form.FURTHER,), duty=False),
    Step("close", _("结束咨询"), S.ANSWERED, S.CLOSED, ASKER, asks=(form.USE,), style="primary", tell=("adviser",)),
    Step("refer", _("据此转诊"), S.ANSWERED, S.CONVERTED, ASKER, duty=False, then=(effects.convert,),
         tell=("adviser",), cite=S4.article("3.2.5"),
         help=_("生成转往受邀机构的转诊单草稿，患者、诊断和随单病历一并带入。")),
    Step("expire", _("逾期未答复自动关闭"), (S.ASKED, S.CLARIFYING), S.EXPIRED, CLOCK, tell=("asker", "adviser")),
    Step("conclude", _("到期自动结束"), S.ANSWERED, S.CLOSED, CLOCK, tell=()),
)  # fmt: skip
DEADLINES = (
    Deadline(S.ASKED, parameters.ANSWER, "expire", by_priority={Priority.URGENT: parameters.ANSWER_URGENT},
             grace=parameters.ANSWER_GRACE),
    Deadline(S.CLARIFYING, parameters.DETAILS, "expire", grace=parameters.ANSWER_GRACE),
    Deadline(S.ANSWERED, parameters.READING, "conclude"),
)  # fmt: skip
TONES = {
    S.DRAFT: "default", S.ASKED: "warning", S.CLARIFYING: "violet", S.ANSWERED: "info", S.ADVISED: "success",
    S.CONVERTED: "primary", S.CLOSED: "success", S.DECLINED: "danger", S.WITHDRAWN: "default", S.EXPIRED: "danger",
}  # fmt: skip


def overseers(advice: Advice, parties: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the leads of the consortia that both belong to, those that take part themselves left out."""
    shared = shared_consortia(parties["asker"], parties["adviser"], clock.today())
    return {"office": sorted({consortium.lead_id for consortium in shared} - set(parties.values()))}


advice_type = case_types.add(
    CaseType(
        key="advice",
        title=_("专家咨询"),
        group=_("协同诊疗"),
        prefix="ZX",
        model=Advice,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("asker", 1, _("申请方")),
            Side("adviser", 2, _("受邀方")),
            Side("office", 10, _("医联体办公室"), is_oversight=True),
        ),
        flow=Flow(
            start=S.DRAFT,
            finals=(S.ADVISED, S.CONVERTED, S.CLOSED, S.DECLINED, S.WITHDRAWN, S.EXPIRED),
            steps=STEPS,
            deadlines=DEADLINES,
        ),
        opens=(ASKER,),
        form=form.FORM,
        parties_from={"adviser": "adviser"},
        heading=lambda advice: advice.impression or str(_("专家咨询")),
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("priority", _("紧急程度"), "priority"),
            Column("impression", _("初步印象")),
            Column("asker", _("申请机构"), "institution"),
            Column("adviser", _("受邀机构"), "institution"),
            Column("subject_name", _("诊疗科目"), shown=False),
            Column("state", _("状态"), "state"),
            Column("due", _("办理时限"), "datetime"),
            Column("asked_at", _("提问时间"), "datetime", shown=False),
            Column("first_answered_at", _("首次答复时间"), "datetime", shown=False),
        ),
        panels=(Panel("answer", _("答复"), "pages/card_facts.html", answer_card),),
        main_states=(S.DRAFT, S.ASKED, S.ANSWERED, S.CLOSED),
        oversight=overseers,
        priorities=tuple(
            (value.value, value.label, tone) for value, tone in zip(Priority, ("warning", "default"), strict=True)
        ),
        repeats=True,
        icon="message-question",
        verb_new=_("新建咨询"),
        help=_("转诊前先向成员单位的专科医生咨询：对方限时答复、要求补充、指导后退回，或依事先授权拟好转诊单。"),
    )
)

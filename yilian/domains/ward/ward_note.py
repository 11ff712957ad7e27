"""The note of one patient on a round as a case type: only the two institutions of the round read it."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.ward import effects, rules
from yilian.domains.ward.models import WardNote
from yilian.domains.ward.shared_ward import HOST_STAFF
from yilian.domains.ward.vocabulary import NoteState as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Ask, Flow, Party, Side, Step

WRITERS = (Party("host", "doctor"), Party("visitor", "doctor"))
FORM = (
    Ask("patient", _("患者"), "patient"),
    Ask("bed", _("床位"), max_length=20),
    Ask("reason", _("提请查房的问题"), max_length=300, required=False),
    Ask("findings", _("查房意见"), "longtext", required=False),
    Ask("orders", _("处理与医嘱建议"), "longtext", required=False),
    Ask("not_seen_reason", _("未查原因"), max_length=200, required=False),
)
FOUND = (
    Ask("findings", _("查房意见"), "longtext", rows=4),
    Ask("orders", _("处理与医嘱建议"), "longtext", required=False, rows=3),
)
STEPS = (
    Step("record", _("记录查房意见"), S.TO_SEE, S.WRITTEN, WRITERS, asks=FOUND, needs=(rules.round_is_named,),
         notes=(effects.note_writer,), style="primary", tell=("host", "visitor"), cite=rules.ROUNDS_TOGETHER),
    Step("add", _("补充记录"), S.WRITTEN, S.WRITTEN, WRITERS, asks=FOUND, notes=(effects.note_writer,), duty=False,
         tell=(), help=_("以前的记录留在办理记录里。")),
    Step("leave_out", _("未查"), S.TO_SEE, S.NOT_SEEN, (*WRITERS, HOST_STAFF), duty=False, tell=(),
         asks=(Ask("not_seen_reason", _("未查原因"), max_length=200),)),
)  # fmt: skip

ward_note_type = case_types.add(
    CaseType(
        key="wardnote",
        title=_("查房记录"),
        group=_("协同诊疗"),
        prefix="CJ",
        model=WardNote,
        states={
            S.TO_SEE: (S.TO_SEE.label, "warning"), S.WRITTEN: (S.WRITTEN.label, "success"),
            S.NOT_SEEN: (S.NOT_SEEN.label, "default"),
        },
        sides=(Side("host", 1, _("病房所在机构")), Side("visitor", 2, _("共管机构"))),
        flow=Flow(start=S.TO_SEE, finals=(S.WRITTEN, S.NOT_SEEN), steps=STEPS),
        opens=(HOST_STAFF,),
        form=FORM,
        parties_from={"visitor": "visitor"},
        heading=lambda note: note.bed or str(_("查房记录")),
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("bed", _("床位")),
            Column("host", _("病房所在机构"), "institution"),
            Column("visitor", _("共管机构"), "institution"),
            Column("state", _("状态"), "state"),
            Column("seen_by", _("记录人"), shown=False),
        ),
        refusals={"ward_note_once": _("该患者已在本次查房名单中。")},
        icon="clipboard-heart",
        in_menu=False,
        comes_along=True,
        help=_("一位患者在一次联合查房中的意见与处理建议；只由查房双方查阅。"),
    )
)  # fmt: skip

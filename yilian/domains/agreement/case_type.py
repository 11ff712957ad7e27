"""The agreement as a case type: drafted, negotiated by clause, signed by all, in force, followed or ended."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement import effects, rules
from yilian.domains.agreement import effects_of_succession as succession
from yilian.domains.agreement.drafting.steps import clause_steps
from yilian.domains.agreement.form import FORM
from yilian.domains.agreement.models import Agreement, Manner
from yilian.domains.agreement.models import AgreementState as S
from yilian.domains.agreement.panels import PANELS
from yilian.domains.agreement.parameters import NEGOTIATION_DAYS, SIGNING_DAYS, WARNING_DAYS
from yilian.domains.agreement.recording import record_step
from yilian.domains.agreement.sides import bring_in, has_answered, let_all_answer_again
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S0, S3, S4

OFFICE = ("office", "director", "secretary")
DRAFTER, PARTNER, DONE = (Party(side, *OFFICE) for side in ("drafter", "partner", "done"))
ALL = (DRAFTER, PARTNER, DONE)
HEADS = tuple(Party(side, "director") for side in ("drafter", "partner", "done"))
CITE = S0.article("管理制度 14")
EVERYBODY = ("drafter", "partner", "done")
RUNNING = (S.IN_FORCE, S.EXPIRING)

SIGNING = (
    Ask("manner", _("签署方式"), "choice", choices=tuple(Manner.choices), initial=str(Manner.TYPED),
        help=_("上传签署的，先在“材料与文书”中上传签署盖章的协议扫描件")),
    Ask("signer", _("签署人"), max_length=60, help=_("法定代表人或其授权的人")),
    Ask("position", _("职务"), max_length=60, required=False),
    Ask("strokes", _("手写笔迹"), "longtext", required=False, max_length=20_000, when=f"manner={Manner.DRAWN}"),
    Ask("certificate", _("电子证书签名值"), "longtext", required=False, max_length=20_000,
        when=f"manner={Manner.CERTIFICATE}", help=_("由电子认证服务的客户端对文本校验值签名得到")),
)  # fmt: skip
REASON = (Ask("ending", _("理由"), "longtext", max_length=1000),)
EARLY = (
    Ask("ended_on", _("终止日期"), "date", help=_("协议自此日终了时停止执行")),
    Ask("ending", _("终止原因"), "longtext", max_length=1000),
)

flow = Flow(
    start=S.DRAFT,
    finals=(S.EXPIRED, S.ENDED, S.RENEWED, S.AMENDED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, DRAFTER, asks=FORM, duty=False),
        *clause_steps(*ALL),
        Step("propose", _("提交各方协商"), S.DRAFT, S.NEGOTIATING, DRAFTER, needs=rules.PROPOSING, completes=True,
             convenes=True, style="primary", cite=CITE, tell=("partner",)),
        Step("drop", _("作废草稿"), S.DRAFT, S.WITHDRAWN, DRAFTER, duty=False, style="danger"),
        Step("approve", _("同意文本"), S.NEGOTIATING, STAY, PARTNER, then=(has_answered,), style="primary",
             tell=("drafter",), help=_("文本此后再有修改的，须重新同意。")),
        Step("decline", _("不同意签订"), S.NEGOTIATING, S.WITHDRAWN, PARTNER, asks=REASON, duty=False, style="danger",
             cite=S4.article("6.1"), tell=EVERYBODY),
        Step("finalise", _("定稿"), S.NEGOTIATING, S.SIGNING, DRAFTER, needs=rules.FINALISING, cite=CITE,
             then=(effects.freeze, let_all_answer_again), style="primary", tell=EVERYBODY,
             confirm=_("定稿后文本不能再修改，由各方签署。")),
        Step("reopen", _("退回协商"), S.SIGNING, S.NEGOTIATING, DRAFTER, needs=(rules.nobody_has_signed,),
             then=(effects.thaw,), duty=False, tell=EVERYBODY),
        Step("sign", _("签署"), S.SIGNING, STAY, (DRAFTER, PARTNER), needs=rules.SIGNING, asks=SIGNING,
             then=(effects.sign,), style="primary", cite=(S3.article("11")), tell=EVERYBODY),
        Step("withdraw", _("撤回"), (S.NEGOTIATING, S.SIGNING), S.WITHDRAWN, DRAFTER, asks=REASON, duty=False,
             style="danger", tell=EVERYBODY),
        Step("conclude", _("签署完成"), S.SIGNING, S.SIGNED, CLOCK, needs=(rules.everybody_has_signed,),
             notes=(effects.await_beginning,), then=(effects.promise,), tell=EVERYBODY),
        Step("begin", _("生效"), S.SIGNED, S.IN_FORCE, CLOCK, notes=(effects.await_warning,),
             then=(effects.take_over,), tell=EVERYBODY),
        record_step(RUNNING, ALL),
        Step("amend", _("变更协议"), RUNNING, STAY, ALL, needs=rules.FOLLOWING, then=(succession.amend,), duty=False,
             tell=(), help=_("按现有条款生成新的协议草稿；新协议生效时取代本协议，此前已计算的时限不变。")),
        Step("warn", _("即将到期"), S.IN_FORCE, S.EXPIRING, CLOCK, notes=(effects.await_expiry,), tell=EVERYBODY),
        Step("renew", _("续签"), S.EXPIRING, STAY, ALL, needs=rules.FOLLOWING, then=(succession.renew,),
             style="primary", tell=EVERYBODY, help=_("按现有条款生成下一期的协议草稿。")),
        Step("end_early", _("提前终止"), RUNNING, S.ENDED, HEADS, needs=rules.ENDING_EARLY, asks=EARLY,
             then=(effects.end_early,), duty=False, style="danger", cite=CITE, tell=EVERYBODY),
        Step("expire", _("到期"), S.EXPIRING, S.EXPIRED, CLOCK, tell=EVERYBODY),
        Step("renewal", _("由续签的协议取代"), (S.SIGNED, *RUNNING), S.RENEWED, CLOCK, then=(effects.give_way,),
             tell=EVERYBODY),
        Step("amendment", _("由变更后的协议取代"), (S.SIGNED, *RUNNING), S.AMENDED, CLOCK, then=(effects.give_way,),
             tell=EVERYBODY),
    ),
    deadlines=(
        Deadline(S.NEGOTIATING, NEGOTIATION_DAYS),
        Deadline(S.SIGNING, SIGNING_DAYS),
        Deadline(S.SIGNED, SIGNING_DAYS, "begin"),
        Deadline(S.IN_FORCE, WARNING_DAYS, "warn"),
        Deadline(S.EXPIRING, WARNING_DAYS, "expire"),
    ),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.NEGOTIATING: "warning", S.SIGNING: "warning", S.SIGNED: "info", S.IN_FORCE: "success",
    S.EXPIRING: "warning", S.EXPIRED: "default", S.ENDED: "danger", S.RENEWED: "default", S.AMENDED: "default",
    S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="agreement",
        title=_("合作协议"),
        group=_("医联体治理"),
        prefix="XY",
        model=Agreement,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("drafter", 1, _("起草单位")),
            Side("partner", 2, _("待办签约单位")),
            Side("done", 3, _("已办签约单位")),
            Side("lead", 10, _("医联体牵头单位"), is_oversight=True),
            Side("authority", 11, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(DRAFTER,),
        form=FORM,
        oversight=bring_in,
        heading=lambda agreement: agreement.subject or str(_("未命名的协议")),
        columns=(
            Column("number", _("编号")),
            Column("subject", _("协议名称")),
            Column("consortium", _("医联体")),
            Column("state", _("状态"), "state"),
            Column("begins_on", _("起始日期"), "date"),
            Column("ends_on", _("截止日期"), "date"),
            Column("signed_on", _("签署完成日期"), "date", shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.NEGOTIATING, S.SIGNING, S.SIGNED, S.IN_FORCE, S.EXPIRED),
        refusals={
            "signature_once": _("本单位已签署"),
            "agreement_days": _("截止日期早于起始日期"),
            "clause_round_once": _("条款已被他人修改，请按新的内容再改"),
        },
        icon="heart-handshake",
        verb_new=_("起草协议"),
        help=_(
            "同一医联体的两个或多个成员订立协议：按范本起草，逐条协商并留痕，各方同意后定稿、签署；"
            "起讫由日期决定，到期前提醒，可续签、变更或提前终止；条款的履行情况由系统按记录核对。"
        ),
    )
)

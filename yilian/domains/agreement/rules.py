"""What must hold before an agreement is proposed, made final, signed, followed or ended (S0, S4)."""

import re
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.attachment_kinds import ENDING, SIGNED_COPY
from yilian.domains.agreement.drafting.steps import stored
from yilian.domains.agreement.grounds import IN_ORDER, ONE_TEXT
from yilian.domains.agreement.models import Agreement, AgreementState, Manner
from yilian.domains.agreement.sides import PARTNER, on_side
from yilian.domains.agreement.wording import ordinal
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.models import Attachment
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers, BadAnswersError
from yilian.registry.certificates import provider_of, providers
from yilian.registry.clauses import clause_kinds
from yilian.registry.consortia import members_of
from yilian.registry.models import Institution
from yilian.registry.regulations import S0, S3, S4

TEXT = S0.article("管理制度 14")
PEN = re.compile(r"(?:[ML]\d{1,3} \d{1,3}){2,}")
"""A drawn signature: the path of the pen in whole numbers. Nothing else may stand there: it is drawn on paper too."""


@rule(_("所涉医联体应仍在运行"), cite=IN_ORDER)
def consortium_is_running(agreement: Agreement) -> Verdict:
    if agreement.consortium is None:
        return Verdict(False, now("请选择医联体"))
    ended = agreement.consortium.ended_on
    return Verdict(ended is None or ended >= clock.today(), now("已于 {day} 终止").format(day=ended))


@rule(_("各签约单位应是该医联体的成员"), cite=(S3.article("11"), S4.article("6.1")))
def parties_are_members(agreement: Agreement) -> Verdict:
    if agreement.consortium_id is None:
        return Verdict(False, now("请选择医联体"))
    members = {row.institution_id for row in members_of(agreement.consortium_id, clock.today())}
    strange = [one for one in agreement.signatories if one not in members]
    names = Institution.objects.filter(pk__in=strange).order_by("pk").values_list("name", flat=True)
    return Verdict(not strange, now("不是成员：{names}").format(names=now("、").join(names)))


@rule(_("协议应有两个以上的签约单位"), cite=TEXT)
def there_are_two_sides(agreement: Agreement) -> bool:
    return len(agreement.signatories) > 1


@rule(_("合作期限应写明，且截止日期尚未过去"), cite=TEXT)
def term_is_written(agreement: Agreement) -> Verdict:
    begins, ends = agreement.begins_on, agreement.ends_on
    if begins is None or ends is None:
        return Verdict(False)
    return Verdict(begins <= ends and ends >= clock.today(), f"{begins} – {ends}")


@rule(_("协议应写明各方权责，条款的取值应填齐"), cite=TEXT)
def clauses_are_complete(agreement: Agreement, actor: Actor) -> Verdict:
    rows = list(agreement.clauses.filter(is_dropped=False))
    if not rows:
        return Verdict(False, now("协议还没有条款"))
    faults = []
    for number, row in enumerate(rows, 1):
        kind = clause_kinds.get(row.kind)
        try:
            stored(kind, row.terms, actor) if kind else None
        except BadAnswersError as bad:
            faults += [f"{ordinal(number)} {text}" for text in bad.errors.values()]
    return Verdict(not faults, now("；").join(faults))


@rule(_("各签约单位都已同意现在的文本"), cite=ONE_TEXT)
def nobody_has_to_answer(agreement: Agreement) -> Verdict:
    waiting = on_side(agreement, PARTNER)
    names = Institution.objects.filter(pk__in=waiting).order_by("pk").values_list("name", flat=True)
    return Verdict(not waiting, now("尚未同意：{names}").format(names=now("、").join(names)))


@rule(_("每个签约单位只签署一次"), cite=ONE_TEXT)
def has_not_signed(agreement: Agreement, actor: Actor) -> bool:
    return not agreement.signatures.filter(institution_id=actor.institution_id).exists()


@rule(_("已有单位签署的文本不能退回修改"), cite=ONE_TEXT)
def nobody_has_signed(agreement: Agreement) -> bool:
    return not agreement.signatures.exists()


@rule(_("全部签约单位都已签署"), cite=ONE_TEXT)
def everybody_has_signed(agreement: Agreement) -> bool:
    return set(agreement.signatures.values_list("institution_id", flat=True)) >= set(agreement.signatories)


@rule(_("上传签署的，应先上传签署盖章的协议扫描件"), cite=ONE_TEXT)
def copy_is_attached(agreement: Agreement, actor: Actor, answers: Answers) -> bool:
    return answers.get("manner") != Manner.COPY or newest_copy(agreement, actor) is not None


@rule(_("手写签名应已写在签名框内"), cite=ONE_TEXT)
def name_is_drawn(agreement: Agreement, answers: Answers) -> bool:
    return answers.get("manner") != Manner.DRAWN or bool(PEN.fullmatch(answers.get("strokes") or ""))


@rule(_("电子证书签名应由已接入的电子认证服务核验通过"), cite=ONE_TEXT)
def certificate_is_good(agreement: Agreement, answers: Answers) -> Verdict:
    if answers.get("manner") != Manner.CERTIFICATE:
        return Verdict(True)
    if not list(providers):
        return Verdict(False, now("本平台尚未接入电子认证服务，请选择其他签署方式"))
    value, signer = answers.get("certificate") or "", answers.get("signer") or ""
    return Verdict(provider_of(agreement.text_digest, value, signer) is not None)


@rule(_("提前终止应上传解除协议书或解除通知"), cite=TEXT)
def ending_is_attached(agreement: Agreement) -> bool:
    return Attachment.objects.filter(case_id=agreement.pk, kind=ENDING, removed_at=None).exists()


@rule(_("终止日期不早于今天，且在协议截止日期之前"), cite=IN_ORDER)
def ending_is_to_come(agreement: Agreement, answers: Answers, asked: bool = True) -> Verdict:
    day: date | None = answers.get("ended_on")
    if not asked or day is None or agreement.ends_on is None:
        return Verdict(True)
    return Verdict(clock.today() <= day <= agreement.ends_on, now("协议截止 {day}").format(day=agreement.ends_on))


@rule(_("没有正在办理的续签或变更"), cite=IN_ORDER)
def nothing_follows_yet(agreement: Agreement) -> bool:
    return not agreement.successors.filter(open=True).exists()


@rule(_("原协议没有另一份已提交的续签或变更"), cite=IN_ORDER)
def nothing_else_follows(agreement: Agreement) -> Verdict:
    if agreement.predecessor_id is None:
        return Verdict(True)
    others = Agreement.objects.filter(predecessor=agreement.predecessor_id, open=True).exclude(pk=agreement.pk)
    other = others.exclude(state=AgreementState.DRAFT).first()
    return Verdict(other is None, other.number if other else "")


@rule(_("起始日期应在原协议的期限之后或之内，不早于原协议"), cite=IN_ORDER)
def follows_its_predecessor(agreement: Agreement) -> Verdict:
    before = agreement.predecessor
    if before is None or agreement.begins_on is None:
        return Verdict(True)
    text = now("原协议 {number} 自 {day} 起").format(number=before.number, day=before.begins_on)
    return Verdict(before.begins_on <= agreement.begins_on, text)


def newest_copy(agreement: Agreement, actor: Actor) -> Attachment | None:
    """Return the signed copy that the actor's institution uploaded last."""
    rows = Attachment.objects.filter(case_id=agreement.pk, kind=SIGNED_COPY, removed_at=None)
    return rows.filter(institution_id=actor.institution_id).order_by("-at").first()


PROPOSING = (consortium_is_running, there_are_two_sides, parties_are_members, term_is_written, clauses_are_complete,
             follows_its_predecessor, nothing_else_follows)  # fmt: skip
FINALISING = (nobody_has_to_answer, parties_are_members, clauses_are_complete)
SIGNING = (has_not_signed, copy_is_attached, name_is_drawn, certificate_is_good)
FOLLOWING = (nothing_follows_yet,)
ENDING_EARLY = (ending_is_attached, ending_is_to_come, nothing_follows_yet)

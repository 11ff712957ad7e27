"""The official papers of a referral: 转诊单, 回转单 and the consent form, and who issues them when."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.flow import RECEIVER, SENDER
from yilian.domains.referral.printed import of_consent, of_referral, of_return, whole
from yilian.domains.referral.vocabulary import BEFORE_SENDING, FINALS, State
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S4

TYPST = Path(__file__).parent / "typst"
VOID = gettext_lazy("不作为就诊凭证")
AFTER_SENDING = tuple(state for state in State if state not in BEFORE_SENDING)
FAILED_ENDS = tuple(state for state in FINALS if state != State.COMPLETED)

for _kind in (
    AttachmentKind("referral.results", gettext_lazy("检查检验结果"), ("referral",)),
    AttachmentKind("referral.record", gettext_lazy("病历资料"), ("referral",)),
    AttachmentKind("referral.consent", gettext_lazy("已签署的知情同意书"), ("referral",)),
    AttachmentKind("referral.discharge", gettext_lazy("出院小结"), ("referral",)),
):
    attachment_kinds.add(_kind)


def why_void(case: Case) -> str:
    """Return why a paper of this referral no longer counts: how it ended, with the reason given."""
    referral = whole(case)
    parts = (referral.state_title, referral.status_reason_name, referral.status_note)
    return "；".join(part for part in parts if part)


def no_consent_form(case: Case, actor: Actor) -> str:
    return "" if whole(case).patient_id else _("请先选择患者")


def no_letter(case: Case, actor: Actor) -> str:
    return _("下转请开具回转单") if whole(case).is_down else ""


def no_return(case: Case, actor: Actor) -> str:
    """Say why this institution issues no 回转单: a return's is its sender's, an answer's its receiver's, once given."""
    referral = whole(case)
    issuer = referral.sender_id if referral.is_down else referral.receiver_id
    if issuer != actor.institution_id:
        return _("回转单由转回患者的机构开具")
    return "" if referral.is_down or referral.feedback_at else _("反馈后才能开具回转单")


for _paper in (
    Paper(
        "referral.letter", "referral", gettext_lazy("转诊单"), TYPST / "letter.typ", of_referral,
        "转〔{year}〕{serial:05d}号", (SENDER,), states=AFTER_SENDING, lapses_in=FINALS, stamp=VOID, reason=why_void,
        unfit=no_letter, cites=(S4.article("3.2.5"),),
    ),
    Paper(
        "referral.return", "referral", gettext_lazy("回转单"), TYPST / "return.typ", of_return,
        "回转〔{year}〕{serial:05d}号", (SENDER, RECEIVER), states=AFTER_SENDING, lapses_in=FAILED_ENDS, stamp=VOID,
        reason=why_void, unfit=no_return, cites=(S4.article("3.2.5"),),
    ),
    Paper(
        "referral.consent", "referral", gettext_lazy("转诊知情同意书"), TYPST / "consent.typ", of_consent,
        "转同〔{year}〕{serial:05d}号", (SENDER,), lapses_in=(State.ENTERED_IN_ERROR,), stamp=VOID, reason=why_void,
        unfit=no_consent_form,
    ),
):  # fmt: skip
    papers.add(_paper)

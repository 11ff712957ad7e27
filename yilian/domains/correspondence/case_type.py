"""The letter as a case type: drafted, signed and issued with a number, acknowledged by each receiver, filed."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.correspondence import effects, rules
from yilian.domains.correspondence.models import Letter, Sort
from yilian.domains.correspondence.models import LetterState as S
from yilian.domains.correspondence.panels import RECEIPTS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Flow, Party, Side, Step

WRITERS = ("office", "director", "secretary", "quality", "authority")
ISSUER = Party("issuer", *WRITERS)
SIGNER = Party("issuer", "director", "authority")
RECEIVER = Party("receiver", "office", "director", "secretary", "authority")

FORM = (
    Ask("sort", _("文种"), "choice", choices=tuple(Sort.choices),
        help=_("会议通知、会议纪要、决议和协议书由各自的事项开具")),
    Ask("subject", _("事由"), max_length=120, help=_("如：选派进修人员；标题按模板写成“关于选派进修人员的函”")),
    Ask("addressees", _("主送单位"), "institutions", required=False, help=_("留空则送所选医联体的全体成员单位")),
    Ask("consortium", _("医联体"), "consortium", required=False),
    Ask("text", _("正文"), "longtext", max_length=20_000, rows=12, help=_("一行一段；开头和结语按模板，不必重复")),
    Ask("enclosures", _("附件说明"), "rows", required=False, help=_("文件本身作为附件上传，收文单位可以查看"),
        asks=(Ask("name", _("附件名称"), max_length=100),)),
    Ask("contact", _("联系人"), required=False, max_length=60, help=_("姓名和电话")),
    Ask("shown_until", _("公示截止日期"), "date", when="sort=publication"),
)  # fmt: skip
RETURN = (Ask("return_reason", _("退回理由"), "longtext", max_length=1000),)
REVOCATION = (Ask("revocation", _("撤销理由"), "longtext", max_length=1000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.ARCHIVED, S.REVOKED, S.DROPPED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, ISSUER, asks=FORM, duty=False),
        Step("submit", _("送签"), S.DRAFT, S.SIGNING, ISSUER, needs=rules.SUBMITTING, completes=True, style="primary"),
        Step("issue", _("签发"), S.SIGNING, S.ISSUED, SIGNER, needs=rules.ISSUING, notes=(effects.note_signing,),
             then=(effects.send,), convenes=True, style="primary", tell=("issuer", "receiver"),
             confirm=_("签发后编文号、出具正式文书并送达主送单位，不能再修改。")),
        Step("send_back", _("退回修改"), S.SIGNING, S.DRAFT, ISSUER, asks=RETURN, duty=False),
        Step("acknowledge", _("签收"), S.ISSUED, STAY, RECEIVER, then=(effects.acknowledge,), style="primary", tell=(),
             on_any_version=True),
        Step("archive", _("归档"), S.ISSUED, S.ARCHIVED, ISSUER, duty=False, tell=(),
             help=_("归档后不再催收；未签收的单位仍可查看。")),
        Step("revoke", _("撤销"), S.ISSUED, S.REVOKED, SIGNER, asks=REVOCATION, duty=False, style="danger",
             tell=("issuer", "receiver", "informed"), confirm=_("撤销后文书失效，核验页即时显示；文号保留。")),
        Step("drop", _("作废草稿"), S.DRAFT, S.DROPPED, ISSUER, duty=False, style="danger"),
    ),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.SIGNING: "warning", S.ISSUED: "success", S.ARCHIVED: "default", S.REVOKED: "danger",
    S.DROPPED: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="letter",
        title=_("公文"),
        group=_("医联体治理"),
        prefix="GW",
        model=Letter,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("issuer", 1, _("发文单位")),
            Side("receiver", 2, _("待签收单位")),
            Side("informed", 3, _("已签收单位")),
        ),
        flow=flow,
        opens=(ISSUER,),
        form=FORM,
        oversight=effects.reach,
        heading=lambda letter: letter.subject or str(_("未命名的公文")),
        columns=(
            Column("document_number", _("文号")),
            Column("sort", _("文种")),
            Column("subject", _("事由")),
            Column("issuer", _("发文单位"), "institution"),
            Column("issued_on", _("发文日期"), "date"),
        ),
        panels=(RECEIPTS,),
        main_states=(S.DRAFT, S.SIGNING, S.ISSUED, S.ARCHIVED),
        icon="mail-opened",
        verb_new=_("拟写公文"),
        help=_("函、通知、通报、公示：拟稿、签发分开办理；签发时按文种编号并出具正式文书，主送单位收文签收。"),
    )
)

"""What the files are for that hang on agreements."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds

SIGNED_COPY = "agreement.signed_copy"
ENDING = "agreement.ending"
DELIVERY = "agreement.delivery"
PAPERS = "agreement.papers"

for _kind in (
    AttachmentKind(PAPERS, _("协商材料"), ("agreement",)),
    AttachmentKind(SIGNED_COPY, _("签署盖章的协议扫描件"), ("agreement",)),
    AttachmentKind(DELIVERY, _("按协议提供的数据或资料"), ("agreement",)),
    AttachmentKind(ENDING, _("解除协议书或解除通知"), ("agreement",)),
):
    attachment_kinds.add(_kind)

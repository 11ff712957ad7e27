"""What the files are for that hang on merits and penalties."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds

EVIDENCE, RECEIPT = "merit.evidence", "merit.receipt"

for _kind in (
    AttachmentKind(EVIDENCE, _("奖惩佐证材料"), ("merit",)),
    AttachmentKind(RECEIPT, _("缴款或发放凭证"), ("merit",)),
):
    attachment_kinds.add(_kind)

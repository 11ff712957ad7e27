"""What the files are for that hang on periods and sheets."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds

EVIDENCE, PHOTO, NOTICE = "assessment.evidence", "assessment.photo", "assessment.notice"

for _kind in (
    AttachmentKind(EVIDENCE, _("佐证材料"), ("assessment",)),
    AttachmentKind(PHOTO, _("现场核查照片"), ("assessment",)),
    AttachmentKind(NOTICE, _("考核通知"), ("assessment_period",)),
):
    attachment_kinds.add(_kind)

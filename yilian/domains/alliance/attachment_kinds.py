"""What the files are for that hang on the domain's cases."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds

FEASIBILITY = "alliance.feasibility"
CHARTER = "alliance.charter"
RESOLUTION = "alliance.resolution"
AGREEMENT = "alliance.agreement"
PHOTO = "alliance.photo"
LICENCE = "alliance.licence"
EVIDENCE = "alliance.evidence"

for _kind in (
    AttachmentKind(FEASIBILITY, _("可行性报告"), ("filing", "establishment")),
    AttachmentKind(CHARTER, _("章程"), ("filing", "establishment", "charter")),
    AttachmentKind(RESOLUTION, _("决议或同意书"), ("charter",)),
    AttachmentKind(AGREEMENT, _("合作协议"), ("filing", "establishment", "admission")),
    AttachmentKind(PHOTO, _("实地核实照片"), ("filing",)),
    AttachmentKind(LICENCE, _("执业许可与资质证明"), ("admission",)),
    AttachmentKind(EVIDENCE, _("佐证材料"), ("admission", "appraisal", "exit", "dissolution", "renewal")),
):
    attachment_kinds.add(_kind)

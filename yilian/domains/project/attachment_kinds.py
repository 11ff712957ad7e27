"""What the files are for that hang on projects."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import AttachmentKind, attachment_kinds

APPLICATION, EVIDENCE, VOUCHER, REPORT = "project.application", "project.evidence", "project.voucher", "project.report"

for _kind in (
    AttachmentKind(APPLICATION, _("项目申请材料"), ("project",)),
    AttachmentKind(EVIDENCE, _("阶段任务佐证"), ("project",)),
    AttachmentKind(VOUCHER, _("支出凭证"), ("project",)),
    AttachmentKind(REPORT, _("项目总结报告"), ("project",)),
):
    attachment_kinds.add(_kind)

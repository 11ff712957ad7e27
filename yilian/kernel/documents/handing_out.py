"""The one door through which a file leaves: only to those who see its case, and every time recorded."""

from uuid import UUID

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record
from yilian.kernel.documents import vault
from yilian.kernel.documents.models import Attachment, ScanState
from yilian.kernel.documents.printing import print_out
from yilian.kernel.documents.refusal import FileDamagedError, FileRefused

AUDITOR = "auditor"


def visible(attachment_id: UUID | str, actor: Actor) -> Attachment | None:
    """Return an attachment of a case the actor sees; a removed one only for the auditor of the house it came from."""
    row = Attachment.objects.select_related("case", "institution", "paper").filter(pk=attachment_id).first()
    if row is None or row.removed_at is None:
        return row
    return row if row.institution_id == actor.institution_id and actor.may(AUDITOR) else None


def hand_out(attachment: Attachment, *, by: Actor, ground: str = "") -> bytes:
    """Return the content and record the download; a paper that is no longer valid comes stamped.

    Raises FileRefused for malware, and for a file that is no longer as it was stored; that finding is recorded.
    """
    try:
        if hasattr(attachment, "paper"):
            return print_out(attachment.paper, by=by)
        return _content(attachment, by, ground)
    except FileDamagedError as damage:
        detail = {"case": str(attachment.case_id), "why": str(damage)}
        record(by, "found_damaged", object_kind="attachment", object_id=attachment.pk, detail=detail)
        raise FileRefused(_("文件与存入时不一致，已停止下载并记录。请联系系统管理员核查。")) from damage


def _content(attachment: Attachment, by: Actor, ground: str) -> bytes:
    if attachment.scan_state == ScanState.INFECTED:
        raise FileRefused(_("此文件含病毒，已停止下载。请联系上传机构重新提供。"))
    content = vault.content(attachment.storage_key, attachment.sha256)
    detail = {"case": str(attachment.case_id)}
    record(by, "downloaded", object_kind="attachment", object_id=attachment.pk, ground=ground, detail=detail)
    return content

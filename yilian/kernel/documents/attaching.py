"""Attaching files to a case, handing them out, and marking them removed."""

from contextlib import suppress

from django.core.files.base import File
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record
from yilian.kernel.documents import scanning, vault
from yilian.kernel.documents.file_names import tidy
from yilian.kernel.documents.kinds import attachment_kinds
from yilian.kernel.documents.limits import MEGABYTE, most_bytes
from yilian.kernel.documents.models import Attachment, ScanState
from yilian.kernel.documents.refusal import FileRefused
from yilian.kernel.documents.sniffing import kind_of
from yilian.kernel.documents.tasks import rescan
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.parties import has_a_hand


def attach(case: Case, upload: File, kind: str, *, by: Actor, title: str = "") -> Attachment:
    """Seal a file into the vault and hang it on the case; the same file twice for the same purpose is one attachment.

    `upload` is a Django file (of a request, or ContentFile with a name), `kind` a key of `attachment_kinds`. Raises
    FileRefused when it is empty, too large, of a kind that is not taken, not what its name says, or infected, or when
    this institution only reads the case.
    """
    purpose = attachment_kinds[kind]
    name = tidy(upload.name or "")
    if not has_a_hand(case, by.institution_id):
        raise FileRefused(_("只有参与办理此事项的机构可以上传附件"))
    content_type, state = examine(upload, by=by)
    row = keep(case, upload, by=by, kind=purpose.key, title=title.strip() or name, file_name=name,
               content_type=content_type, scan_state=state)  # fmt: skip
    if state == ScanState.UNSCANNED and scanning.is_configured():
        rescan.defer(attachment_id=str(row.pk), institution_id=by.institution_id)
    return row


def examine(upload: File, *, by: Actor) -> tuple[str, ScanState]:
    """Return the content type of a file that may be kept, and whether it was scanned; raise FileRefused for others."""
    _refuse_size(upload, by)
    file_kind = kind_of(tidy(upload.name or ""), upload)  # type: ignore[arg-type]
    return file_kind.content_type, _scanned(upload)


def keep(case: Case, file: File, *, by: Actor, kind: str, title: str, file_name: str, content_type: str,
         scan_state: str) -> Attachment:  # fmt: skip
    """Store a file that is known to be good. The file is complete on disk before the row is written."""
    at, stored = clock.now(), vault.store(file.chunks())
    same = Attachment.objects.filter(case_id=case.pk, kind=kind, sha256=stored.sha256, removed_at=None).first()
    if same is not None:
        vault.discard(stored.key)
        return same
    try:
        row = Attachment.objects.create(
            id=uuid7(at),
            case_id=case.pk,
            kind=kind,
            title=title[:200],
            file_name=file_name,
            content_type=content_type,
            size=stored.size,
            sha256=stored.sha256,
            scan_state=scan_state,
            storage_key=stored.key,
            uploaded_by_id=by.user_id,
            uploaded_name=by.name,
            institution_id=by.institution_id,
            at=at,
        )
    except BaseException:
        vault.discard(stored.key)
        raise
    record(by, "uploaded", object_kind="attachment", object_id=row.pk, detail={"case": str(case.pk), "title": title})
    return row


def may_remove(attachment: Attachment, actor: Actor) -> bool:
    """Say whether the actor may mark an attachment removed: their institution uploaded it, and it is no paper."""
    return attachment.institution_id == actor.institution_id and attachment.scan_state != ScanState.MADE


def remove(attachment: Attachment, *, by: Actor, reason: str) -> None:
    """Mark an attachment removed. Row and file stay. Raises FileRefused without a reason or the right."""
    reason = reason.strip()
    if not reason:
        raise FileRefused(_("请填写移除原因"))
    if not may_remove(attachment, by):
        raise FileRefused(_("只有上传该附件的机构可以移除它；正式文书请作废"))
    rows = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    if rows.update(removed_at=clock.now(), removed_name=by.name, removed_reason=reason[:200]):
        record(by, "removed", object_kind="attachment", object_id=attachment.pk, ground=reason)


def _refuse_size(upload: File, by: Actor) -> None:
    most = most_bytes(by.institution_id)
    if not upload.size:
        raise FileRefused(_("文件是空的，请检查后重新选择"))
    if upload.size > most:
        text = _("文件大小 {have} MB，超过上限 {most} MB，请压缩或分开上传")
        raise FileRefused(text.format(have=f"{upload.size / MEGABYTE:.1f}", most=most // MEGABYTE))


def _scanned(upload: File) -> ScanState:
    if not scanning.is_configured():
        return ScanState.UNSCANNED
    with suppress(scanning.ScannerDownError):
        if found := scanning.scan(upload.chunks()):
            raise FileRefused(_("文件含病毒（{name}），未保存。请在本机查杀后重新上传。").format(name=found))
        return ScanState.CLEAN
    return ScanState.UNSCANNED

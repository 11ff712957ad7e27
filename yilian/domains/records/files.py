"""Files of documents and consents: examined and sealed as the kernel's documents are, handed out on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _

from yilian.domains.records.models import RecordFile
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record as note
from yilian.kernel.documents import scanning, vault
from yilian.kernel.documents.attaching import examine
from yilian.kernel.documents.file_names import tidy
from yilian.kernel.documents.models import ScanState
from yilian.kernel.documents.refusal import FileDamagedError, FileRefused
from yilian.kernel.documents.vault import Stored


@dataclass(frozen=True)
class Kept:
    """A file that lies sealed in the vault, with its tidy name and type; whoever asked names it in a row."""

    name: str
    content_type: str
    stored: Stored


def keep(upload: File, *, by: Actor) -> Kept:
    """Examine and seal an upload; raises FileRefused. A rolled back row leaves a file that the sweeper removes."""
    content_type, state = examine(upload, by=by)
    if state == ScanState.UNSCANNED and scanning.is_configured():
        raise FileRefused(_("暂时无法查毒，请稍后再上传此文件"))
    return Kept(tidy(upload.name or ""), content_type, vault.store(upload.chunks()))


def keep_all(uploads: Sequence[File], *, by: Actor) -> list[Kept]:
    """Seal several uploads; those with the same content are kept once."""
    found: dict[str, Kept] = {}
    for upload in uploads:
        kept = keep(upload, by=by)
        if kept.stored.sha256 in found:
            vault.discard(kept.stored.key)
        else:
            found[kept.stored.sha256] = kept
    return list(found.values())


def hand_out(file: RecordFile, *, by: Actor, ground: str) -> bytes:
    """Return the content and record the download with its ground; raises FileRefused for a damaged file."""
    about = {"patient": str(file.record.patient_id), "file": file.file_name}
    try:
        whole = vault.content(file.storage_key, file.sha256)
    except FileDamagedError as damage:
        note(by, "found_damaged", object_kind="record", object_id=file.record_id, detail=about | {"why": str(damage)})
        raise FileRefused(_("文件与存入时不一致，已停止下载并记录。请联系系统管理员核查。")) from damage
    note(by, "downloaded", object_kind="record", object_id=file.record_id, ground=ground, detail=about)
    return whole

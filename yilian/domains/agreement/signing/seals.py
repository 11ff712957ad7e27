"""The seal of a signature, and whether what was signed still is what it was."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from hmac import compare_digest

from django.utils.translation import gettext as _

from yilian.domains.agreement.models import Agreement, Manner, Signature
from yilian.domains.agreement.wording import digest_of
from yilian.kernel.documents import vault
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.refusal import FileDamagedError
from yilian.registry.certificates import provider_of


@dataclass(frozen=True)
class Check:
    """A signature and what is wrong with it; no fault means that it holds."""

    signature: Signature
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def seal_of(agreement_number: str, row: Signature) -> str:
    """Return the SHA-256 (hex) over who signed what, how and when."""
    said = [
        agreement_number, row.institution_id, str(row.manner), row.signer, row.position, row.strokes,
        str(row.attachment or ""), row.file_digest, row.text_digest, row.signed_at.astimezone(UTC).isoformat(),
    ]  # fmt: skip
    said += [row.certificate] if row.manner == Manner.CERTIFICATE else []
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def checked(agreement: Agreement, *, with_files: bool = False) -> list[Check]:
    """Return every signature with its faults; `with_files` reads the signed copies too."""
    present = digest_of(agreement.text) if agreement.text else ""
    rows = agreement.signatures.select_related("institution").order_by("signed_at", "pk")
    return [Check(row, tuple(_faults(agreement, row, present, with_files))) for row in rows]


def is_the_copy(row: Signature, chunks: Iterable[bytes]) -> bool:
    """Say whether a file is exactly the signed copy behind a signature."""
    digest = sha256()
    for chunk in chunks:
        digest.update(chunk)
    return bool(row.file_digest) and compare_digest(digest.hexdigest(), row.file_digest)


def _faults(agreement: Agreement, row: Signature, present: str, with_files: bool) -> Iterable[str]:
    if row.seal != seal_of(agreement.number, row):
        yield _("签名记录与签署时不一致")
    if not compare_digest(row.text_digest, present):
        yield _("协议文本与所签文本不一致")
    if row.manner == Manner.CERTIFICATE and provider_of(row.text_digest, row.certificate, row.signer) is None:
        yield _("电子证书签名未通过核验")
    if with_files and row.manner == Manner.COPY and not _is_unharmed(row):
        yield _("签署扫描件与签署时不一致")


def _is_unharmed(row: Signature) -> bool:
    file = Attachment.objects.filter(pk=row.attachment).first()
    if file is None or file.sha256 != row.file_digest:
        return False
    try:
        vault.content(file.storage_key, row.file_digest)
    except FileDamagedError:
        return False
    return True

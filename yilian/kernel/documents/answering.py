"""Files as answers to questions: the answer is the key of an attachment that the person sees."""

from typing import Any
from uuid import UUID

from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.models import Attachment
from yilian.kernel.workflow.lookups import Found, Lookup, lookups


def declare() -> None:
    """Let questions of the kind "file" be answered."""
    lookups.add(Lookup("file", _search, _resolve))


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """A file is uploaded, not picked from a list."""
    return []


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        key = UUID(str(value))
    except ValueError:
        return None
    row = Attachment.objects.filter(pk=key, removed_at=None).first()
    return Found(str(row.pk), row.title, row.kind_title) if row else None

"""What an attachment is for: declared by the domains, chosen when a file is uploaded."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class AttachmentKind:
    """A purpose of attachments; `case_types` names the case types that use it (none: all)."""

    key: str
    title: str | Promise
    case_types: tuple[str, ...] = ()
    is_offered: bool = True


attachment_kinds: Registry[AttachmentKind] = Registry("kind of attachment")
OTHER = attachment_kinds.add(AttachmentKind("other", _("其他材料")))
PAPER = attachment_kinds.add(AttachmentKind("paper", _("正式文书"), is_offered=False))


def kinds_for(case_type: str) -> list[AttachmentKind]:
    """Return the kinds offered for uploads to a case of this type, "other" last."""
    fitting = [kind for kind in attachment_kinds if kind.is_offered and case_type in (kind.case_types or (case_type,))]
    return sorted(fitting, key=lambda kind: kind is OTHER)

"""What kinds of notices there are: people and robots choose by kind what is sent on to them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice, as people choose it."""

    key: str
    title: str | Promise


WORD = "word"
kinds: Registry[NoticeKind] = Registry("kind of notices")
for _kind in (
    NoticeKind("step", _("事项办理")),
    NoticeKind("deadline", _("时限提醒")),
    NoticeKind("urge", _("催办")),
    NoticeKind("reply", _("留言待复")),
    NoticeKind(WORD, _("其他通知")),
):
    kinds.add(_kind)


def chosen_as(kind: str) -> str:
    """Return the kind under which a notice is chosen; what is not declared counts among the others."""
    return kind if kind in kinds else WORD

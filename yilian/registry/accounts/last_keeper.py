"""An institution that has an administrator keeps one: the last post of that role is neither ended nor locked."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.kernel.access.models import Post
from yilian.registry.accounts.keeping import KEEPER


def insist_keeper_left(institution_id: int, *, without: list[Post], on: date) -> None:
    """Refuse to take away the last administrator: on this day somebody who can log in must still hold such a post.

    The posts are locked first, so that two administrators cannot take each other's away at once. Raises
    ValidationError.
    """
    if not any(post.role == KEEPER for post in without):
        return
    here = Post.objects.filter(institution_id=institution_id, role=KEEPER)
    list(here.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    left = here.current(on).filter(user__is_active=True).exclude(pk__in=[post.pk for post in without])
    if not left.exists():
        raise ValidationError(
            _("这是本机构最后一个系统管理岗位：没有它，谁也不能再管理本机构的账号。请先授予另一人，再办理。")
        )

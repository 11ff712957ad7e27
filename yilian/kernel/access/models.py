"""Users and their dated posts."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.roles import roles


class User(AbstractUser):
    """A person who can log in; what they may do follows from their posts.

    With `must_change_password` nothing opens but the page that changes it. `initials` are those of the name in pinyin.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("姓名"), max_length=100)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    initials = models.CharField(max_length=60, blank=True, db_collation="C", editable=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False, editable=False)
    version = models.IntegerField(default=1, editable=False)
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class PostQuerySet(models.QuerySet["Post"]):
    def current(self, on: date) -> "PostQuerySet":
        """Posts held on this day."""
        ended = models.Q(until_on__isnull=True) | models.Q(until_on__gte=on)
        return self.filter(ended, since_on__lte=on)


class Post(models.Model):
    """A role that a user holds at an institution, optionally for one consortium, between two days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("人员"))
    institution = models.ForeignKey(
        settings.INSTITUTION_MODEL, models.PROTECT, related_name="posts", verbose_name=_("机构")
    )
    role = models.CharField(_("角色"), max_length=24)
    consortium = models.ForeignKey(
        settings.CONSORTIUM_MODEL, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("医联体")
    )
    since_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role", "consortium", "since_on"],
                nulls_distinct=False,
                name="post_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("since_on")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} · {self.role_title}"

    @property
    def role_title(self) -> str:
        """The title of the role, in the reader's language."""
        return str(roles[self.role].title)


class Deputy(models.Model):
    """One person lets another act on their behalf at one institution for some days.

    `named_by` is the administrator who named the deputy for somebody absent; empty when the principal did.
    """

    principal = models.ForeignKey(User, models.CASCADE, related_name="deputies", verbose_name=_("委托人"))
    deputy = models.ForeignKey(User, models.CASCADE, related_name="deputy_for", verbose_name=_("受托人"))
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, verbose_name=_("机构"))
    since_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"))
    ended_at = models.DateTimeField(_("提前结束"), null=True, blank=True)
    named_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("设置人")
    )

    class Meta:
        verbose_name = _("委托")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("since_on")), name="deputy_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(principal=models.F("deputy")), name="deputy_is_someone_else"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.principal}"

"""Facts of institutions as somebody stated them: who, when, and whether an authority stands behind it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """What somebody stated about an institution; the newest line of a fact is where its present value comes from.

    `is_official` says that an authority of its region stated it. Lines are added, never changed.
    """

    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="statements", db_index=False)
    fact = models.CharField(_("事项"), max_length=40, db_collation="C")
    value = models.CharField(_("内容"), max_length=200, blank=True)
    stated_by = models.CharField(_("填报人"), max_length=100, blank=True)
    stated_for = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, related_name="+", verbose_name=_("填报机构")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stated_at = models.DateTimeField(_("填报时间"), null=True)
    is_official = models.BooleanField(_("主管部门登记"), default=False)

    class Meta:
        verbose_name = _("事项来源")
        ordering = ["-id"]
        indexes = [models.Index(fields=["institution", "fact", "-id"], name="statement_newest")]

    def __str__(self) -> str:
        return f"{self.fact} {self.value}"

    @property
    def is_own(self) -> bool:
        """Say whether the institution stated it about itself, with no authority behind it."""
        return not self.is_official and self.stated_for_id == self.institution_id

    @property
    def who(self) -> str:
        """Return who stated it: the institution and the person, as far as they are on record."""
        return f"{self.stated_for or ''} {self.stated_by}".strip()

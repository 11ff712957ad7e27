"""What counts for or against an institution: sanctions by authorities and facts only a person can confirm."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SanctionKind(models.TextChoices):
    """The kinds that the admission conditions ask about (S4 6.2)."""

    HEALTH = "health", _("卫生行政处罚")
    INSURANCE = "insurance", _("医保行政处罚")
    PURCHASING = "purchasing", _("违法采购使用药械")
    EQUIPMENT = "equipment", _("未经许可配置大型设备")
    PRICING = "pricing", _("价格与收费违法")
    FRAUD = "fraud", _("恶意骗保")


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Sanctions as rules read them."""

    def valid(self) -> "SanctionQuerySet":
        """Leave out what was entered in error: it was never a sanction of this institution."""
        return self.filter(is_error=False)


class Sanction(models.Model):
    """A sanction on record; `lifted_on` is the first day on which it no longer stands, be it to come or past."""

    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="sanctions")
    kind = models.CharField(_("种类"), max_length=12, choices=SanctionKind.choices)
    issued_by = models.CharField(_("作出机关"), max_length=120)
    issued_on = models.DateField(_("作出日期"))
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    is_major = models.BooleanField(_("情节重大"), null=True, blank=True)
    says = models.TextField(_("事由"), blank=True)
    lifted_on = models.DateField(_("解除日期"), null=True, blank=True)
    is_error = models.BooleanField(_("误录"), default=False)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("处罚记录")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_on__isnull=True) | models.Q(lifted_on__gte=models.F("issued_on")),
                name="sanction_lifted_after",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.issued_on}"

    def is_lifted(self, on: date) -> bool:
        """Say whether the sanction no longer stands on a day."""
        return self.lifted_on is not None and self.lifted_on <= on


class SanctionEvent(models.TextChoices):
    RECORDED = "recorded", _("登记")
    LIFTED = "lifted", _("登记解除")
    ERROR = "error", _("标记误录")


class SanctionChange(models.Model):
    """What somebody did to the record of a sanction, and on what ground; lines are added, never changed."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="changes")
    event = models.CharField(_("事项"), max_length=10, choices=SanctionEvent.choices)
    effective_on = models.DateField(_("生效日期"))
    ground = models.TextField(_("依据"), blank=True)
    by_name = models.CharField(_("办理人"), max_length=100)
    by_institution = models.CharField(_("办理机构"), max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("办理时间"))

    class Meta:
        verbose_name = _("处罚记录变更")
        ordering = ["sanction", "id"]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.effective_on}"


class Attestation(models.Model):
    """Somebody's dated word on a condition; the newest one counts.

    `speaks_of` holds the keys of the statements (facts as somebody stated them) that it was given on.
    """

    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="attestations", db_index=False)
    condition = models.CharField(_("条件"), max_length=60, db_collation="C")
    is_met = models.BooleanField(_("是否满足"))
    evidence = models.TextField(_("依据"))
    attested_by = models.CharField(_("确认人"), max_length=100)
    attested_for = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认机构")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    attested_on = models.DateField(_("确认日期"))
    speaks_of = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        verbose_name = _("条件确认")
        ordering = ["-attested_on", "-id"]
        indexes = [models.Index(fields=["institution", "condition", "-attested_on"], name="attestation_newest")]

    def __str__(self) -> str:
        return f"{self.condition} {self.attested_on}"

    @property
    def who(self) -> str:
        """Return who gave the word: the institution, as far as it is on record, and the person."""
        return f"{self.attested_for or ''} {self.attested_by}".strip()

"""Places that can be booked, which case has booked which, and why somebody came later than planned."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.models.board import Resource
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


def _same(column: str) -> Func:
    """Return an integer column as a range of one, which a plain gist index can compare without btree_gist."""
    return Func(F(column), F(column), Value("[]"), function="int4range", output_field=IntegerRangeField())


class Place(models.Model):
    """A bed, or a slot of a clinic or machine from `starts_at` to `ends_at`.

    Until `quota_until` it is kept for patients sent up by institutions of a lower level (号源下沉).
    """

    id = models.AutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="places", verbose_name=_("资源"))
    name = models.CharField(_("名称"), max_length=40)
    starts_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ends_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    quota_until = models.DateTimeField(_("下沉保留至"), null=True, blank=True)
    is_on = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("可预约的位置")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "name", "starts_at"], name="place_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="place_times",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.resource} {self.name}"


class Booking(models.Model):
    """A case holds a place. The database lets no two stand at once; one that was freed stays to be read.

    `title` says which and when: who sees the case need not see the board of the other institution.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="bookings", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="bookings")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("位置"), max_length=240)
    during = DateTimeRangeField(_("时间"))
    booked_at = models.DateTimeField(_("预约时间"))
    booked_name = models.CharField(_("预约人"), max_length=100)
    freed_at = models.DateTimeField(_("释放时间"), null=True)
    ending = models.CharField(max_length=24, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("预约")
        ordering = ["-id"]
        constraints = [
            ExclusionConstraint(
                name="booking_never_twice",
                expressions=[(_same("place"), "&&"), ("during", "&&")],
                condition=Q(freed_at__isnull=True),
            ),
            models.UniqueConstraint(fields=["case"], name="booking_one_standing", condition=Q(freed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class DelayKind(models.TextChoices):
    DEFERRED = "deferred", _("暂无位置，延后安排")
    NO_SHOW = "no_show", _("爽约")
    MOVED = "moved", _("改期")


class Cause(models.TextChoices):
    """Through whom somebody comes later; what the patient causes is left out of waiting times."""

    PATIENT = "patient", _("患者原因")
    INSTITUTION = "institution", _("机构原因")


class Delay(models.Model):
    """Why a case was served later than it could have been."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="delays")
    kind = models.CharField(max_length=12, choices=DelayKind.choices, db_collation="C")
    cause = models.CharField(max_length=12, choices=Cause.choices, db_collation="C", blank=True)
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField()
    noted_name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("延误")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind

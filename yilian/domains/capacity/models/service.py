"""A service that an institution offers to others, every version of it, and the version that a case has chosen."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case

OLDEST = 150


class Direction(models.TextChoices):
    """Where the patients come from whom a service takes; the words of a referral's direction."""

    UP = "up", _("上转")
    DOWN = "down", _("下转")
    LATERAL = "lateral", _("平转")


class Terms(models.Model):
    """What a service says of itself. Ages are whole years, both included; empty means without limit."""

    name = models.CharField(_("服务名称"), max_length=80)
    department = models.ForeignKey(
        "registry.Department", models.PROTECT, verbose_name=_("科室"), related_name="+", db_index=False
    )
    subject = models.ForeignKey(
        "registry.Code", models.PROTECT, null=True, blank=True, verbose_name=_("诊疗科目"), related_name="+",
        db_index=False,
    )  # fmt: skip
    directions = ArrayField(
        models.CharField(max_length=8, choices=Direction.choices, db_collation="C"), verbose_name=_("接收方向")
    )
    age_from = models.SmallIntegerField(_("最小年龄"), null=True, blank=True)
    age_until = models.SmallIntegerField(_("最大年龄"), null=True, blank=True)
    requirements = models.TextField(_("转入要求"), max_length=2000, blank=True)
    opening_hours = models.CharField(_("开放时间"), max_length=200, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    is_featured = models.BooleanField(_("一院一品"), default=False)
    claimed_wait = models.SmallIntegerField(_("公布的等候天数"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def direction_titles(self) -> list[str]:
        return [str(Direction(direction).label) for direction in self.directions]


TERMS = (
    "name", "department", "subject", "directions", "age_from", "age_until", "requirements", "opening_hours", "phone",
    "is_featured", "claimed_wait",
)  # fmt: skip


class Service(Terms):
    """A service as it stands now: the terms of its latest version, and whether the institution offers it at present."""

    id = models.AutoField(primary_key=True)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="services")
    version = models.IntegerField(_("版本"), default=1)
    is_on = models.BooleanField(_("接收中"), default=True)
    pinyin = models.CharField(max_length=400, blank=True, db_collation="C")
    initials = models.CharField(max_length=120, blank=True, db_collation="C")
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("服务")
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="service_name"),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_until__isnull=True) | Q(age_from__lte=F("age_until")),
                name="service_ages",
                violation_error_message=_("最小年龄应不大于最大年龄"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/services/{self.pk}/"


class ServiceVersion(Terms):
    """The terms of a service as they were written at one time; never changed."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="versions", db_index=False)
    version = models.IntegerField(_("版本"))
    written_at = models.DateTimeField(_("修改时间"))
    written_name = models.CharField(_("修改人"), max_length=100)

    class Meta:
        verbose_name = _("服务版本")
        ordering = ["service", "-version"]
        constraints = [models.UniqueConstraint(fields=["service", "version"], name="service_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class ChosenService(models.Model):
    """The service that a case asks for, with the version its author read."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="chosen_service")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    version = models.ForeignKey(ServiceVersion, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("所选服务")

    def __str__(self) -> str:
        return str(self.version)

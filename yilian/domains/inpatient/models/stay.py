"""One stay of one patient, under the admission number that the institution gave."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.registries.keys import uuid7


class Source(models.TextChoices):
    """How a stay was reported."""

    EXCEL = "excel", _("Excel")
    API = "api", _("接口")


class Observed(models.Model):
    """The latest vital signs as they were reported; what is empty is unknown. Units as in a referral."""

    observed_at = models.DateTimeField(_("测量时间"), null=True, blank=True)
    temperature = models.DecimalField(_("体温（℃）"), max_digits=3, decimal_places=1, null=True, blank=True)
    pulse = models.SmallIntegerField(_("脉搏（次/分）"), null=True, blank=True)
    respiration = models.SmallIntegerField(_("呼吸（次/分）"), null=True, blank=True)
    systolic = models.SmallIntegerField(_("收缩压（mmHg）"), null=True, blank=True)
    diastolic = models.SmallIntegerField(_("舒张压（mmHg）"), null=True, blank=True)
    oxygen_saturation = models.SmallIntegerField(_("血氧饱和度（%）"), null=True, blank=True)

    class Meta:
        abstract = True


VITAL_SIGNS = ("temperature", "pulse", "respiration", "systolic", "diastolic", "oxygen_saturation")


class Stay(Observed):
    """A patient in a bed. `fit_since` is the day since which somebody holds the patient fit to go down, else None."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    admission_number = models.CharField(_("住院号"), max_length=40)
    patient = models.ForeignKey(settings.PATIENT_MODEL, models.PROTECT, related_name="stays", verbose_name=_("患者"))
    department = models.ForeignKey(
        "registry.Department", models.PROTECT, verbose_name=_("科室"), related_name="+", db_index=False
    )
    bed = models.CharField(_("床号"), max_length=20, blank=True)
    diagnosis = models.CharField(_("诊断编码"), max_length=20, blank=True, db_collation="C")
    diagnosis_name = models.CharField(_("诊断"), max_length=120)
    attending_name = models.CharField(_("主管医生"), max_length=60, blank=True)
    admitted_on = models.DateField(_("入院日期"))
    discharged_on = models.DateField(_("出院日期"), null=True, blank=True)
    family_institution = models.ForeignKey(
        settings.INSTITUTION_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("家庭医生签约机构"),
        related_name="+", db_index=False,
    )  # fmt: skip
    medicines = ArrayField(models.CharField(max_length=80), verbose_name=_("出院带药"), default=list, blank=True)
    fit_since = models.DateField(_("符合下转指征起"), null=True, blank=True)
    version = models.IntegerField(default=1)
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices, db_collation="C")
    reporter_name = models.CharField(_("报告人"), max_length=100)
    reported_at = models.DateTimeField(_("报告时间"))

    class Meta:
        verbose_name = _("住院患者")
        ordering = ["-admitted_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "admission_number"], name="stay_number_once"),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("admitted_on")),
                name="stay_days",
                violation_error_message=_("出院日期应不早于入院日期"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "fit_since"], name="stay_fit",
                condition=Q(discharged_on__isnull=True, fit_since__isnull=False),
            ),
            models.Index(
                fields=["institution", "-admitted_on"], name="stay_here", condition=Q(discharged_on__isnull=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.admission_number

    @property
    def is_here(self) -> bool:
        return self.discharged_on is None

    @property
    def days_fit(self) -> int | None:
        """Days since somebody first held the patient fit; None when nobody does."""
        return None if self.fit_since is None else max(0, (clock.today() - self.fit_since) // timedelta(days=1))

"""Indications: when a patient should be sent up or down, per consortium and in versions; and those a case names."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.models.service import Direction
from yilian.kernel.workflow.models import Case


class Advice(models.Model):
    """What an indication says. `diagnoses` are codes or beginnings of codes of ICD-10; none means whatever the patient
    has. `is_confirmed` False: nobody here has confirmed it yet, thresholds included (待本地核定).
    """

    direction = models.CharField(_("方向"), max_length=8, choices=Direction.choices, db_collation="C")
    condition = models.CharField(_("指征"), max_length=300)
    diagnoses = ArrayField(models.CharField(max_length=10, db_collation="C"), verbose_name=_("适用诊断"), blank=True)
    subject = models.ForeignKey(
        "registry.Code", models.PROTECT, null=True, blank=True, verbose_name=_("诊疗科目"), related_name="+",
        db_index=False,
    )  # fmt: skip
    source = models.CharField(_("依据"), max_length=300, blank=True)
    is_confirmed = models.BooleanField(_("已核定"), default=False)

    class Meta:
        abstract = True


ADVICE = ("direction", "condition", "diagnoses", "subject", "source", "is_confirmed")


class Indication(Advice):
    """An indication as it stands; without a consortium it is a shipped default, which every consortium may replace."""

    id = models.AutoField(primary_key=True)
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="indications")
    shipped_key = models.CharField(max_length=40, blank=True, db_collation="C")
    version = models.IntegerField(_("版本"), default=1)
    is_on = models.BooleanField(_("使用中"), default=True)
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("转诊指征")
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "shipped_key"], name="indication_default_once", nulls_distinct=False,
                condition=~Q(shipped_key=""),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.condition

    def get_absolute_url(self) -> str:
        return f"/indications/{self.pk}/"


class IndicationVersion(Advice):
    """An indication as it was written at one time; never changed."""

    indication = models.ForeignKey(Indication, models.PROTECT, related_name="versions", db_index=False)
    version = models.IntegerField(_("版本"))
    written_at = models.DateTimeField(_("修改时间"))
    written_name = models.CharField(_("修改人"), max_length=100)

    class Meta:
        verbose_name = _("指征版本")
        ordering = ["indication", "-version"]
        constraints = [models.UniqueConstraint(fields=["indication", "version"], name="indication_version_once")]

    def __str__(self) -> str:
        return f"{self.condition} v{self.version}"


class UsedIndication(models.Model):
    """An indication that a case names, in the version its author read."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="used_indications", db_index=False)
    indication = models.ForeignKey(Indication, models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(IndicationVersion, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("所用指征")
        constraints = [models.UniqueConstraint(fields=["case", "indication"], name="used_indication_once")]

    def __str__(self) -> str:
        return str(self.version)

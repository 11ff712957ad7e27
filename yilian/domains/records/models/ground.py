"""Grounds on which an institution reads a patient's documents, and the consents behind some of them."""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from yilian.domains.records.kinds import record_kinds
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case
from yilian.registry import known


class GroundKind(models.TextChoices):
    REFERRAL = "referral", _("转诊")
    ENCOUNTER = "encounter", _("就诊")
    CONTRACT = "contract", _("家庭医生签约")
    CONSENT = "consent", _("患者授权")
    BREAK_GLASS = "breakglass", _("紧急调阅")


class Consent(models.Model):
    """A patient lets institutions read documents of some kinds (none named: all) for a time; withdrawn any day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey(settings.PATIENT_MODEL, models.PROTECT, related_name="record_consents")
    kinds = ArrayField(models.CharField(max_length=20, db_collation="C"), default=list, verbose_name=_("授权范围"))
    readers = ArrayField(models.IntegerField(), verbose_name=_("授权机构"))
    since_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"))
    signed_by = models.CharField(_("签署人"), max_length=60)
    relation = models.CharField(_("与患者关系"), max_length=4, db_collation="C")
    told_by = models.CharField(_("告知人"), max_length=60)
    evidence_name = models.CharField(_("授权书"), max_length=200, blank=True)
    evidence_key = models.CharField(max_length=32, blank=True, db_collation="C")
    evidence_sha256 = models.CharField(max_length=64, blank=True, db_collation="C")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_name = models.CharField(_("登记人"), max_length=100)
    recorded_at = models.DateTimeField(_("登记时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_name = models.CharField(max_length=100, blank=True)
    withdrawn_reason = models.CharField(_("撤回说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("调阅授权")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("since_on")), name="consent_has_days"),
            models.CheckConstraint(condition=models.Q(readers__len__gt=0), name="consent_names_readers"),
        ]

    def __str__(self) -> str:
        return f"{self.signed_by} {self.since_on} – {self.until_on}"

    @property
    def scope(self) -> str:
        """The kinds of documents, as people read them."""
        return "、".join(str(record_kinds[key].title) for key in self.kinds) or str(_("全部病历文档"))

    @property
    def reader_names(self) -> str:
        """The institutions that may read, as people read them."""
        return "、".join(str(known.institution(key) or key) for key in self.readers)


class GroundQuerySet(models.QuerySet["Ground"]):
    def standing(self) -> "GroundQuerySet":
        """Narrow to the grounds that hold now, as the database sees it (`records_stands`)."""
        return self.annotate(stands=STANDS).filter(stands=True)

    def of(self, patient_id: UUID, institution_id: int) -> "GroundQuerySet":
        return self.filter(patient_id=patient_id, institution_id=institution_id)


STANDS = RawSQL("records_stands(records_ground)", (), output_field=models.BooleanField())


class Ground(models.Model):
    """Why an institution may read a patient's documents (of `kinds`; none named: all), and for how long.

    With `side` it holds while the institution keeps that side of the case, and `days_after` days once it is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey(settings.PATIENT_MODEL, models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("依据"), max_length=12, choices=GroundKind.choices, db_collation="C")
    kinds = ArrayField(models.CharField(max_length=20, db_collation="C"), default=list)
    number = models.CharField(_("编号"), max_length=60, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    side = models.SmallIntegerField(null=True)
    days_after = models.IntegerField(default=0)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="grounds")
    since = models.DateTimeField(_("起"))
    until = models.DateTimeField(_("止"), null=True)
    withdrawn_at = models.DateTimeField(null=True)
    recorded_in = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_name = models.CharField(_("登记人"), max_length=100)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("调阅依据")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "institution", "side"], name="ground_of_a_side"),
        ]
        indexes = [models.Index(fields=["patient", "institution"], name="ground_of_patient")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The ground as the access record keeps it: what it is, and the number that proves it."""
        return " ".join(part for part in (str(GroundKind(self.kind).label), self.number) if part)

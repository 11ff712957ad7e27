"""Clinical documents with their measured values and files; what was issued is never changed."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.records.kinds import RecordKind, record_kinds
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


class RecordStatus(models.TextChoices):
    """FHIR DocumentReference.status."""

    CURRENT = "current", _("有效")
    SUPERSEDED = "superseded", _("已更正")
    ENTERED_IN_ERROR = "entered-in-error", _("误录")


class RecordQuerySet(models.QuerySet["Record"]):
    def of_patient(self, patient_id: UUID | None) -> "RecordQuerySet":
        return self.filter(patient_id=patient_id)

    def current(self) -> "RecordQuerySet":
        return self.filter(status=RecordStatus.CURRENT)


class Record(models.Model):
    """One version of a clinical document of a patient, as an institution issued it.

    `sections` is a list of {"key", "text"} in the order of the kind. A correction is another row that `replaces` this
    one. `sha256` seals the content (`canonical.py`); `case` is the case it was written in, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey(settings.PATIENT_MODEL, models.PROTECT, related_name="records", db_index=False)
    kind = models.CharField(_("文档类型"), max_length=20, db_collation="C")
    title = models.CharField(_("标题"), max_length=200)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    department = models.CharField(_("科室"), max_length=80, blank=True)
    practitioner = models.CharField(_("书写人"), max_length=60)
    effective_at = models.DateTimeField(_("诊疗时间"))
    number = models.CharField(_("院内编号"), max_length=60, blank=True, db_collation="C")
    sections = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, db_collation="C")
    status = models.CharField(
        _("状态"), max_length=20, choices=RecordStatus.choices, default=RecordStatus.CURRENT, db_collation="C"
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="records")
    issued_at = models.DateTimeField(_("存档时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    issued_name = models.CharField(_("存档人"), max_length=100)
    error_reason = models.CharField(_("误录原因"), max_length=300, blank=True)
    error_name = models.CharField(max_length=100, blank=True)
    error_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("病历文档")
        ordering = ["-effective_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "number"],
                name="record_number",
                condition=models.Q(status="current") & ~models.Q(number=""),
            )
        ]
        indexes = [models.Index(fields=["patient", "-effective_at", "-id"], name="record_of_patient")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the document."""
        return f"/records/{self.pk}/"

    @property
    def record_kind(self) -> RecordKind:
        return record_kinds[self.kind]

    @property
    def status_title(self) -> str:
        return str(RecordStatus(self.status).label)

    @property
    def tone(self) -> str:
        return {"current": "success", "superseded": "warning"}.get(self.status, "danger")

    def chapters(self) -> list[tuple[str, str]]:
        """Return (title, text) of the written sections, in the order of the standard."""
        kind, texts = self.record_kind, {one["key"]: one["text"] for one in self.sections}
        return [(str(section.title), texts[section.key]) for section in kind.sections if texts.get(section.key)]


class Observation(models.Model):
    """A measured or stated value of a document: a number with its UCUM unit and range, or a text."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="observations", db_index=False)
    seq = models.SmallIntegerField()
    code = models.CharField(_("代码"), max_length=40, blank=True, db_collation="C")
    name = models.CharField(_("项目"), max_length=100)
    number = models.DecimalField(_("数值"), max_digits=16, decimal_places=4, null=True)
    text = models.CharField(_("结果"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=30, blank=True)
    low = models.DecimalField(_("参考下限"), max_digits=16, decimal_places=4, null=True)
    high = models.DecimalField(_("参考上限"), max_digits=16, decimal_places=4, null=True)
    flag = models.CharField(_("提示"), max_length=2, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("检查检验值")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["record", "seq"], name="observation_in_order")]

    def __str__(self) -> str:
        return f"{self.name} {self.shown} {self.unit}".strip()

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return _plain(self.number) if self.number is not None else self.text

    @property
    def range(self) -> str:
        """The reference range as people read it; empty when none was given."""
        if self.low is None and self.high is None:
            return ""
        if self.low is None:
            return f"≤ {_plain(self.high)}"
        return f"≥ {_plain(self.low)}" if self.high is None else f"{_plain(self.low)}–{_plain(self.high)}"


class RecordFile(models.Model):
    """A file of a document, sealed in the vault when the document was issued."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="files", db_index=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64, db_collation="C")
    storage_key = models.CharField(max_length=32, db_collation="C", unique=True)

    class Meta:
        verbose_name = _("病历附件")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.file_name


def _plain(number: object) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Attachments and issued papers of cases."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.documents.kinds import attachment_kinds
from yilian.kernel.documents.sniffing import kind_of_type
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


class ScanState(models.TextChoices):
    UNSCANNED = "unscanned", _("未查毒")
    CLEAN = "clean", _("已查毒")
    INFECTED = "infected", _("含病毒")
    MADE = "made", _("系统生成")


class Attachment(models.Model):
    """A file of a case. The file lies sealed in the vault; who sees the case sees the row, nobody else.

    Removing marks it, with the reason: row and file stay for the audit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", db_index=False)
    kind = models.CharField(_("用途"), max_length=40, db_collation="C")
    title = models.CharField(_("名称"), max_length=200)
    file_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64, db_collation="C")
    scan_state = models.CharField(_("查毒"), max_length=12, choices=ScanState.choices, default=ScanState.UNSCANNED)
    storage_key = models.CharField(max_length=32, db_collation="C")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_name = models.CharField(max_length=100)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    removed_at = models.DateTimeField(null=True)
    removed_name = models.CharField(max_length=100, blank=True)
    removed_reason = models.CharField(_("移除原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("附件")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["storage_key"], name="attachment_storage_key")]
        indexes = [models.Index(fields=["case", "id"], name="attachment_of_case")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_title(self) -> str:
        """What the file is for, in the reader's language."""
        known = attachment_kinds.get(self.kind)
        return str(known.title) if known else self.kind

    @property
    def is_shown(self) -> bool:
        """Whether a browser may show the file in place."""
        known = kind_of_type(self.content_type)
        return bool(known and known.is_shown)


class IssuedPaper(models.Model):
    """An official paper as it was issued: its number, its sealed PDF, and the token of its code.

    `snapshot_key` names what it was made from, so that a closed case's copy says the same, stamped.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers", db_index=False)
    key = models.CharField(max_length=60, db_collation="C")
    title = models.CharField(_("文书名称"), max_length=120)
    number = models.CharField(_("文号"), max_length=80)
    issuer = models.CharField(_("出具机构"), max_length=200)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="paper")
    sha256 = models.CharField(max_length=64, db_collation="C")
    snapshot_key = models.CharField(max_length=32, db_collation="C")
    snapshot_sha256 = models.CharField(max_length=64, db_collation="C")
    token = models.CharField(max_length=32, db_collation="C")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_name = models.CharField(max_length=100)
    issued_at = models.DateTimeField(_("出具时间"))
    voided_at = models.DateTimeField(null=True)
    voided_name = models.CharField(max_length=100, blank=True)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("正式文书")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="paper_token"),
            models.UniqueConstraint(fields=["institution", "number"], name="paper_number"),
        ]
        indexes = [models.Index(fields=["case", "id"], name="paper_of_case")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class PaperSerial(models.Model):
    """The last serial number of a kind of paper, by institution and year."""

    pk = models.CompositePrimaryKey("institution_id", "key", "year")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=60, db_collation="C")
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        verbose_name = _("文号序列")


class PaperWording(models.Model):
    """A version of an institution's own wording of a paper; added, never changed. No text: what is shipped is used."""

    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=60, db_collation="C")
    version = models.PositiveIntegerField(_("版次"))
    text = models.TextField(_("模板"), blank=True)
    note = models.CharField(_("修改说明"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_name = models.CharField(max_length=100)
    made_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("文书模板")
        constraints = [models.UniqueConstraint(fields=["institution", "key", "version"], name="wording_version_once")]

    def __str__(self) -> str:
        return f"{self.key} #{self.version}"

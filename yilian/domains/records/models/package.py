"""The documents that travel with a case: chosen, sealed when it is sent, and what was added since."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.records.kinds import record_kinds
from yilian.domains.records.models.record import Record
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


class Package(models.Model):
    """The seal over the documents that a case was sent with: the SHA-256 of theirs, in order."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="package")
    sha256 = models.CharField(max_length=64, db_collation="C")
    count = models.SmallIntegerField(_("文档数"))
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    sealed_at = models.DateTimeField(_("封存时间"))
    sealed_name = models.CharField(_("封存人"), max_length=100)

    class Meta:
        verbose_name = _("随单资料包")

    def __str__(self) -> str:
        return self.sha256


class PackageItem(models.Model):
    """A document in the package of a case, as it was when it was put in; `readers` are the sides that may read it.

    What it is called is kept here too: who only watches over the case sees that, not the document.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="package_items", db_index=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="package_items", db_index=True)
    readers = ArrayField(models.SmallIntegerField())
    sha256 = models.CharField(max_length=64, db_collation="C")
    kind = models.CharField(max_length=20, db_collation="C")
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200)
    effective_at = models.DateTimeField()
    is_addition = models.BooleanField(default=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    added_name = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("随单资料")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "record"], name="package_item_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_title(self) -> str:
        known = record_kinds.get(self.kind)
        return str(known.title) if known else self.kind

"""Imports as rows: what was uploaded, how far it has come, what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries.keys import uuid7


class ImportState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("处理中")
    CHECKED = "checked", _("试运行通过")
    WRITTEN = "written", _("已导入")
    REFUSED = "refused", _("有错误，未写入")
    FAILED = "failed", _("处理失败")


FINISHED = (ImportState.CHECKED, ImportState.WRITTEN, ImportState.REFUSED, ImportState.FAILED)


class ImportRun(models.Model):
    """One uploaded workbook, seen by its institution only; `source` and `marked` are sealed and kept briefly."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.CharField(max_length=40, db_collation="C")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor = models.JSONField()
    language = models.CharField(max_length=12)
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64, db_collation="C")
    is_dry = models.BooleanField(_("试运行"))
    state = models.CharField(_("状态"), max_length=12, choices=ImportState.choices, default=ImportState.WAITING)
    total = models.IntegerField(_("总行数"), default=0)
    done = models.IntegerField(_("已处理"), default=0)
    created = models.IntegerField(_("新增"), default=0)
    updated = models.IntegerField(_("更新"), default=0)
    unchanged = models.IntegerField(_("无变化"), default=0)
    failed = models.IntegerField(_("有错误"), default=0)
    message = models.CharField(_("说明"), max_length=400, blank=True)
    source = models.BinaryField(null=True, editable=False)
    marked = models.BinaryField(null=True, editable=False)
    begun_at = models.DateTimeField(_("上传时间"))
    ended_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("导入")
        ordering = ["-id"]
        indexes = [models.Index(fields=["institution", "-id"], name="import_newest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def percent(self) -> int:
        """How far it has come, 0 to 100."""
        return 100 if self.is_finished else 100 * self.done // max(self.total, 1)

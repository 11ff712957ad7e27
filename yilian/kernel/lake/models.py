"""Refreshes as rows, so that one that was killed is told from one that was never begun."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_FAILURE = 300


class Refresh(models.Model):
    """One refresh of the lake by the worker: unfinished while it runs, and for ever if its process died."""

    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    months = models.IntegerField(_("更新的月份数"), default=0)
    rows = models.BigIntegerField(_("写入行数"), default=0)
    failure = models.CharField(_("失败原因"), max_length=LONGEST_FAILURE, blank=True)

    class Meta:
        verbose_name = _("数据刷新")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

"""Feeds as rows: what was uploaded, how far it has come and what came of it; and how each month fared."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.star import FED
from yilian.kernel.registries.keys import uuid7

FACT_TITLES = {fact.key: fact.title for fact in FED}


class FeedState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    CHECKED = "checked", _("试报完成")
    TAKEN = "taken", _("已接收")
    REFUSED = "refused", _("未接收")
    FAILED = "failed", _("处理失败")


FINISHED = (FeedState.CHECKED, FeedState.TAKEN, FeedState.REFUSED, FeedState.FAILED)


class Source(models.TextChoices):
    FILE = "file", _("文件")
    API = "api", _("接口")


class Feed(models.Model):
    """One file or call of a member. `source` and `rejected` are sealed, hold personal data, and are kept briefly."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    fact = models.CharField(_("数据"), max_length=40, db_collation="C")
    way = models.CharField(_("方式"), max_length=8, choices=Source.choices, db_collation="C")
    file_name = models.CharField(_("文件名"), max_length=200, blank=True)
    is_dry = models.BooleanField(_("试报"), default=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=FeedState.choices, default=FeedState.WAITING, db_collation="C"
    )
    received = models.IntegerField(_("行数"), default=0)
    taken = models.IntegerField(_("接收"), default=0)
    rejected_count = models.IntegerField(_("退回"), default=0)
    months = ArrayField(models.IntegerField(), verbose_name=_("月份"), default=list)
    broken = models.JSONField(_("违反的规则"), default=dict)
    message = models.CharField(_("说明"), max_length=400, blank=True)
    digest = models.BinaryField(max_length=32, null=True, editable=False)
    """Of the content: the same again is known by it, though the content is not kept."""
    source = models.BinaryField(null=True, editable=False)
    rejected = models.BinaryField(null=True, editable=False)
    reporter_id = models.IntegerField(null=True)
    reporter_name = models.CharField(_("报送人"), max_length=100)
    begun_at = models.DateTimeField(_("报送时间"))
    ended_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("报送")
        ordering = ["-id"]
        indexes = [models.Index(fields=["institution", "-id"], name="feed_newest")]

    def __str__(self) -> str:
        return self.file_name or str(self.pk)

    @property
    def fact_title(self) -> str:
        return str(FACT_TITLES[self.fact])

    @property
    def span(self) -> str:
        """The months of the rows in words: one, or the first and the last."""
        ends = dict.fromkeys((min(self.months), max(self.months))) if self.months else ()
        return " – ".join(f"{month // 100}-{month % 100:02d}" for month in ends)

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


class FeedMonth(models.Model):
    """All that an institution fed of one fact for one month: rows by how they fared, each time they were sent."""

    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    fact = models.CharField(_("数据"), max_length=40, db_collation="C")
    month = models.IntegerField(_("月份"))
    received = models.IntegerField(_("行数"), default=0)
    rejected = models.IntegerField(_("退回"), default=0)
    incomplete = models.IntegerField(_("不完整"), default=0)
    inconsistent = models.IntegerField(_("不一致"), default=0)
    late = models.IntegerField(_("逾期"), default=0)
    first_at = models.DateTimeField(_("首次报送"))
    last_at = models.DateTimeField(_("最近报送"))

    class Meta:
        verbose_name = _("月度报送")
        constraints = [models.UniqueConstraint(fields=["institution", "fact", "month"], name="feed_month_once")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.fact} {self.month}"

"""Stored values: what was counted month by month, and what a number was when it was used for assessment or money."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorSnapshot(models.Model):
    """A value as it was frozen, with digests of its definition and its rows; nobody changes or removes it."""

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    title = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+")
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="+")
    first_on = models.DateField(_("期初"))
    last_on = models.DateField(_("期末"))
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2, null=True)
    part = models.DecimalField(_("分子"), max_digits=18, decimal_places=2, null=True)
    whole = models.DecimalField(_("分母"), max_digits=18, decimal_places=2, null=True)
    definition_digest = models.BinaryField(max_length=32)
    rows_digest = models.BinaryField(max_length=32)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_by_name = models.CharField(_("冻结人"), max_length=100)
    frozen_for = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("冻结时间"))
    ground = models.CharField(_("用途"), max_length=300)

    class Meta:
        verbose_name = _("指标快照")
        ordering = ["-frozen_at", "-id"]
        indexes = [models.Index(fields=["key", "first_on", "-frozen_at"], name="indicator_snapshot_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.first_on}..{self.last_on}"


class Measured(models.Model):
    """What an indicator came to in a month (`months` 1) or a longer span that begins with `month`; others add up.

    With an institution it is its own number, with a consortium what it did in there, with a consortium alone that of
    the whole consortium. `part` null is unknown. `value` is kept only where `part` and `whole` don't give it. Stored by
    the worker, read through row security.
    """

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    institution = models.ForeignKey(
        settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    consortium = models.ForeignKey(
        settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    month = models.DateField(_("月份"))
    months = models.SmallIntegerField(_("月数"), default=1)
    part = models.BigIntegerField(_("分子"), null=True)
    whole = models.BigIntegerField(_("分母"), null=True)
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2, null=True)
    computed_at = models.DateTimeField(_("计算时间"))
    definition_digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("指标结果")
        ordering = ["key", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "institution", "consortium", "month", "months"],
                name="measured_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.month:%Y-%m}"


class Definition(models.Model):
    """A definition that a consortium adopted: what an indicator counts within it from a month (yyyymm) on.

    Written once; a later one takes its place. Without a formula it sets a target alone. `decided_case` is the case that
    decided so.
    """

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="+")
    since_month = models.IntegerField(_("生效月份"))
    title = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20)
    direction = models.CharField(_("导向"), max_length=8, db_collation="C")
    fact = models.CharField(_("数据"), max_length=60, db_collation="C")
    at = models.CharField(_("计入机构"), max_length=60, db_collation="C")
    part = models.TextField(_("分子"))
    whole = models.TextField(_("分母"), blank=True)
    per = models.IntegerField(_("乘数"), default=1)
    over = models.IntegerField(_("除数"), default=1)
    target = models.DecimalField(_("目标值"), max_digits=18, decimal_places=2, null=True)
    part_says = models.CharField(_("分子说明"), max_length=200, blank=True)
    whole_says = models.CharField(_("分母说明"), max_length=200, blank=True)
    help = models.TextField(_("说明"), blank=True)
    decided_case = models.UUIDField()
    adopted_at = models.DateTimeField(_("通过时间"))
    adopted_by = models.CharField(_("批准者"), max_length=100)

    class Meta:
        verbose_name = _("指标口径")
        ordering = ["key", "since_month", "id"]
        indexes = [models.Index(fields=["key", "consortium", "since_month"], name="definition_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.since_month}"


class Computed(models.Model):
    """Which spans of an indicator are counted, each with a digest over what it was counted from (see `planning`)."""

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    consortium = models.ForeignKey(
        settings.CONSORTIUM_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    month = models.IntegerField(_("月份"))
    months = models.SmallIntegerField(_("月数"), default=1)
    stamp = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("已计算月份")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "consortium", "month", "months"], name="computed_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.month}"


MEASURES = "measures"
"""The engine of a run that asked the measures, which no refresh of the lake changes."""


class Computation(models.Model):
    """One run of the worker over the indicators: which months, by which engine, how many results, or why not."""

    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    engine = models.CharField(_("计算引擎"), max_length=40)
    months = models.JSONField(_("月份"), default=list)
    results = models.IntegerField(_("结果数"), default=0)
    failure = models.CharField(_("失败原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("指标计算")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.engine}"


class Release(models.Model):
    """A year of an indicator as a consortium handed it out, small cells hidden; never changed, everybody reads it.

    `table` is what `disclosure.releasing` writes: no hidden number is in it. A later release takes its place.
    """

    key = models.CharField(_("指标"), max_length=80, db_collation="C")
    title = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20)
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="+")
    year = models.SmallIntegerField(_("年度"))
    table = models.JSONField()
    smallest_count = models.IntegerField(_("最小计数"))
    smallest_whole = models.IntegerField(_("最小分母"))
    hidden = models.IntegerField(_("隐藏格数"))
    definitions = models.SmallIntegerField(_("口径数"), default=1)
    released_at = models.DateTimeField(_("发布时间"))
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_by_name = models.CharField(_("发布人"), max_length=100)
    released_for = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("指标发布")
        ordering = ["-released_at", "-id"]
        indexes = [models.Index(fields=["key", "consortium", "year", "-id"], name="release_key")]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

"""A member leaves a consortium."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class ExitState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ANNOUNCED = "announced", _("待牵头单位核对")
    SETTLING = "settling", _("清理中")
    LEFT = "left", _("已退出")
    WITHDRAWN = "withdrawn", _("已撤回")


class Exit(Case):
    """What is settled before a membership ends."""

    member = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=60, null=True, db_collation="C")
    reason = models.CharField(_("退出原因"), max_length=40, blank=True, db_collation="C")
    reason_name = models.CharField(max_length=120, blank=True)
    statement = models.TextField(_("退出说明"), blank=True)
    wished_on = models.DateField(_("拟退出日期"), null=True)
    money_note = models.TextField(_("费用清算情况"), blank=True)
    data_note = models.TextField(_("数据处理情况"), blank=True)
    left_on = models.DateField(_("退出日期"), null=True)

    class Meta:
        verbose_name = _("退出")
        constraints = [models.UniqueConstraint(fields=["claim"], name="exit_one_at_a_time")]

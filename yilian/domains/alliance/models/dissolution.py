"""The dissolution of a consortium, ordered or wished."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.models.records import Cause
from yilian.kernel.workflow.models import Case


class DissolutionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PROPOSED = "proposed", _("待主管部门同意")
    ORDERED = "ordered", _("解散清理中")
    SETTLED = "settled", _("待确认解散")
    DISSOLVED = "dissolved", _("已解散")
    DECLINED = "declined", _("不同意解散")
    WITHDRAWN = "withdrawn", _("已撤回")


class Dissolution(Case):
    """What is settled before a consortium ends."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=60, null=True, db_collation="C")
    cause = models.CharField(_("原因"), max_length=12, choices=Cause.choices, blank=True)
    grounds = models.TextField(_("事由"), blank=True)
    order_number = models.CharField(_("责令或同意文号"), max_length=80, blank=True)
    ordered_on = models.DateField(_("责令或同意日期"), null=True)
    members_note = models.TextField(_("成员告知情况"), blank=True)
    plaques_note = models.TextField(_("摘牌情况"), blank=True)
    money_note = models.TextField(_("费用清算情况"), blank=True)
    data_note = models.TextField(_("数据处理情况"), blank=True)
    dissolved_on = models.DateField(_("解散日期"), null=True)

    class Meta:
        verbose_name = _("解散")
        constraints = [models.UniqueConstraint(fields=["claim"], name="dissolution_one_at_a_time")]

"""A member's request to put up the consortium's plaque, and what becomes of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class PlaqueState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REQUESTED = "requested", _("待牵头医院同意")
    CONSENTED = "consented", _("挂牌中")
    DECLINED = "declined", _("不同意挂牌")
    SURRENDERED = "surrendered", _("已交回")
    REVOKED = "revoked", _("已收回")
    LAPSED = "lapsed", _("已自动终止")
    WITHDRAWN = "withdrawn", _("已撤回")


class PlaqueRequest(Case):
    """The letter of the annex (S4) with its three promises."""

    applicant = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=60, null=True, db_collation="C")
    plaque_name = models.CharField(_("申请挂牌名称"), max_length=120, blank=True)
    evaluation = models.TextField(_("评估情况"), blank=True)
    promises_cooperation = models.BooleanField(_("按协议开展医疗、教学、科研合作"), default=False)
    promises_use = models.BooleanField(_("仅在集团范围内使用并保护名誉"), default=False)
    promises_notice = models.BooleanField(_("终止情形主动告知并停止使用"), default=False)
    approved_name = models.CharField(_("核定挂牌名称"), max_length=120, blank=True)
    consented_on = models.DateField(_("同意日期"), null=True)
    ended_on = models.DateField(_("终止日期"), null=True)

    class Meta:
        verbose_name = _("挂牌申请")
        constraints = [models.UniqueConstraint(fields=["claim"], name="plaque_request_one_at_a_time")]

"""A member's supervision opinion or suggestion, and the lead's answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class RemarkState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待答复")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已了结")
    WITHDRAWN = "withdrawn", _("已撤回")


class Nature(models.TextChoices):
    SUPERVISION = "supervision", _("监督意见")
    SUGGESTION = "suggestion", _("建议")


class Adoption(models.TextChoices):
    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    DECLINED = "declined", _("不采纳")


class Remark(Case):
    """An opinion of a member for the lead of its consortium."""

    member = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    nature = models.CharField(_("类型"), max_length=12, choices=Nature.choices, blank=True, db_collation="C")
    subject = models.CharField(_("标题"), max_length=120, blank=True)
    text = models.TextField(_("内容"), blank=True)
    adoption = models.CharField(_("采纳情况"), max_length=12, choices=Adoption.choices, blank=True, db_collation="C")
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    objection = models.TextField(_("不同意答复的理由"), blank=True)

    class Meta:
        verbose_name = _("意见与建议")

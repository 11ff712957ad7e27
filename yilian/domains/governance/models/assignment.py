"""A task that a resolution gives to an institution."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class AssignmentState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ASSIGNED = "assigned", _("承办中")
    REPORTED = "reported", _("待认定")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class Assignment(Case):
    """What is to be done by whom until when; `resolution` is the key of the motion that says so."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    doer = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    what = models.CharField(_("事项"), max_length=200, blank=True)
    until_on = models.DateField(_("完成期限"), null=True)
    resolution = models.UUIDField(null=True, editable=False)
    source = models.CharField(_("依据的决议"), max_length=160, blank=True)
    evidence = models.TextField(_("完成情况"), blank=True)
    verdict = models.TextField(_("认定意见"), blank=True)

    class Meta:
        verbose_name = _("决议事项")

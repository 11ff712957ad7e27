"""A council is elected anew."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class RenewalState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ADOPTED = "adopted", _("已换届")
    WITHDRAWN = "withdrawn", _("已撤回")


class Renewal(Case):
    """The next term of a council with its seats."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    council_since = models.DateField(_("本届理事会任期起"), null=True)
    seats = models.JSONField(default=list, blank=True)
    resolution = models.TextField(_("选举情况"), blank=True)

    class Meta:
        verbose_name = _("理事会换届")

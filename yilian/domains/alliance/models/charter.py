"""A consortium's charter is revised, and the versions it has had."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class CharterState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PROPOSED = "proposed", _("待表决")
    ADOPTED = "adopted", _("已登记")
    WITHDRAWN = "withdrawn", _("已撤回")


class Basis(models.TextChoices):
    """Whose will a version rests on."""

    COUNCIL = "council", _("理事会决议")
    MEMBERS = "members", _("成员单位一致同意")


class Way(models.TextChoices):
    """How a version comes about: voted on here, or adopted elsewhere and recorded."""

    VOTE = "vote", _("提交机构表决")
    RECORDED = "recorded", _("登记已通过的修订")


class About(models.TextChoices):
    """What a clause settles: the sides' rights and duties stand out of the rest (S2 二(一)2)."""

    GENERAL = "general", _("一般规定")
    LEAD = "lead", _("牵头单位的权利与义务")
    MEMBER = "member", _("成员单位的权利与义务")
    POSITION = "position", _("功能定位")
    SHARING = "sharing", _("利益共享与责任分担")


class CharterRevision(Case):
    """The lead records the next version of the charter, by clause or as a file; the resolution hangs on the case.

    `clauses` is [{title, about, text}] in their order; a clause's number is its place.
    """

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(_("办理方式"), max_length=8, choices=Way.choices, default=Way.RECORDED, db_collation="C")
    adopted_on = models.DateField(_("通过日期"), null=True)
    effective_on = models.DateField(_("生效日期"), null=True)
    basis = models.CharField(_("通过方式"), max_length=8, choices=Basis.choices, blank=True)
    resolution = models.TextField(_("决议情况"), blank=True)
    changes = models.TextField(_("修订内容"), blank=True)
    clauses = models.JSONField(_("条文"), default=list, blank=True)

    class Meta:
        verbose_name = _("章程修订")


class Charter(models.Model):
    """One version of a charter; public, added and never changed. What the founding did not say stays empty."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField(_("版次"))
    adopted_on = models.DateField(_("通过日期"))
    effective_on = models.DateField(_("生效日期"), null=True)
    basis = models.CharField(_("通过方式"), max_length=8, choices=Basis.choices, blank=True)
    changes = models.TextField(_("修订内容"), blank=True)
    clauses = models.JSONField(_("条文"), default=list, blank=True)
    case_id = models.UUIDField()

    class Meta:
        verbose_name = _("章程")
        ordering = ["consortium", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "version"], name="charter_version_once"),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("adopted_on")), name="charter_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consortium} #{self.version}"

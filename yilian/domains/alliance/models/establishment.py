"""The establishment of a city group, a county community or a telemedicine network."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case
from yilian.registry.models.consortium import Closeness, ConsortiumKind


class EstablishmentState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ASSIGNED = "assigned", _("待牵头单位填报")
    SUBMITTED = "submitted", _("待主管部门审核")
    CORRECTING = "correcting", _("待补正")
    APPROVED = "approved", _("已批复成立")
    REFUSED = "refused", _("不予批复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Centre(models.TextChoices):
    """The five management centres (S2 2.1.3)."""

    STAFF = "staff", _("人力资源")
    FINANCE = "finance", _("财务")
    PUBLIC_HEALTH = "public_health", _("公共卫生")
    INFORMATION = "information", _("信息")
    LOGISTICS = "logistics", _("后勤")


class Unchanged(models.TextChoices):
    """The four that stay unchanged (S4 7.1)."""

    ASSETS = "assets", _("资产归属关系")
    AFFILIATION = "affiliation", _("行政隶属关系")
    FUNDING = "funding", _("财政投入渠道")
    IDENTITY = "identity", _("人员身份关系")


ESTABLISHED_KINDS = tuple(choice for choice in ConsortiumKind.choices if choice[0] != ConsortiumKind.SPECIALTY_ALLIANCE)


class Establishment(Case):
    """Opened by the authority that plans a grid, or by the hospital that is to lead."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    is_assigned = models.BooleanField(_("由主管部门指定"), default=False)
    claim = models.CharField(max_length=60, null=True, db_collation="C")

    form = models.CharField(_("类型"), max_length=24, choices=ESTABLISHED_KINDS, blank=True, db_collation="C")
    name = models.CharField(_("名称"), max_length=120, blank=True)
    grid = models.ForeignKey("registry.Grid", models.PROTECT, null=True, related_name="+", verbose_name=_("网格"))
    coverage = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    lead_reason = models.TextField(_("牵头资格说明"), blank=True)
    exception_request = models.TextField(_("省级医院牵头的理由"), blank=True)
    exception_reason = models.TextField(_("同意例外的理由"), blank=True)
    plan = models.TextField(_("建设方案要点"), blank=True)
    members = ArrayField(models.IntegerField(), default=list, blank=True)
    responses = models.JSONField(default=list, blank=True)
    volunteers = ArrayField(models.IntegerField(), default=list, blank=True)
    closeness = models.CharField(_("紧密程度"), max_length=8, choices=Closeness.choices, blank=True)
    is_entrusted = models.BooleanField(_("实行托管"), null=True)
    management_body = models.CharField(_("管理专门机构"), max_length=120, blank=True)
    centres = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    centres_plan = models.TextField(_("未设中心的安排"), blank=True)
    unchanged = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    unchanged_note = models.TextField(_("有变化的说明"), blank=True)
    charter_on = models.DateField(_("章程通过日期"), null=True)
    charter_gist = models.TextField(_("章程要点"), blank=True)
    approval_number = models.CharField(_("批复文号"), max_length=80, blank=True)
    approved_on = models.DateField(_("批复日期"), null=True)

    class Meta:
        verbose_name = _("医联体建立")
        constraints = [models.UniqueConstraint(fields=["claim"], name="establishment_one_at_a_time")]

"""The filing of a specialty alliance."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case
from yilian.registry.models.region import RegionLevel


class FilingState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待备案审查")
    CORRECTING = "correcting", _("待补正")
    PREPARING = "preparing", _("筹建中")
    REVIEWING = "reviewing", _("筹建审核中")
    VISITING = "visiting", _("待实地核实")
    APPROVED = "approved", _("已同意设置")
    REFUSED = "refused", _("不同意设置")
    WITHDRAWN = "withdrawn", _("已撤回")


class Basis(models.TextChoices):
    """What kind of name the specialty has (S3 6)."""

    SECOND_LEVEL = "second_level", _("二级诊疗科目")
    FIRST_LEVEL = "first_level", _("一级诊疗科目")
    DEPARTMENT = "department", _("临床专业科室")
    DISCIPLINE = "discipline", _("临床学科")
    CENTRE = "centre", _("诊疗中心")


class Strength(models.TextChoices):
    """Institutions that are encouraged to lead (S3 10)."""

    NATIONAL_KEY = "national_key", _("国家级临床重点专科")
    PROVINCE_KEY = "province_key", _("省级临床重点专科")
    CITY_KEY = "city_key", _("市级临床重点专科")
    QUALITY_CENTRE = "quality_centre", _("医疗质量控制中心")
    TREATMENT_CENTRE = "treatment_centre", _("诊疗中心")


class Filing(Case):
    """A lead hospital applies to found a specialty alliance. `claim` is filled while one is under way."""

    applicant = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    level = models.SmallIntegerField(_("备案级别"), choices=RegionLevel.choices, null=True)
    level_because = models.CharField(max_length=20, blank=True, db_collation="C")
    claim = models.CharField(max_length=60, null=True, db_collation="C")

    name = models.CharField(_("联盟名称"), max_length=120, blank=True)
    name_note = models.TextField(_("名称说明"), blank=True)
    specialty = models.CharField(_("诊疗科目"), max_length=20, blank=True, db_collation="C")
    specialty_name = models.CharField(max_length=120, blank=True)
    field_name = models.CharField(_("名称所用专科"), max_length=60, blank=True)
    basis = models.CharField(_("专科名称类别"), max_length=16, choices=Basis.choices, blank=True)
    basis_note = models.TextField(_("选用说明"), blank=True)
    coverage = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    strengths = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    feasibility = models.TextField(_("可行性摘要"), blank=True)

    charter_on = models.DateField(_("章程通过日期"), null=True)
    charter_gist = models.TextField(_("章程要点"), blank=True)
    secretariat = models.CharField(_("秘书处"), max_length=120, blank=True)
    secretariat_phone = models.CharField(_("秘书处电话"), max_length=40, blank=True)
    council_since = models.DateField(_("本届理事会任期起"), null=True)
    seats = models.JSONField(default=list, blank=True)
    members = ArrayField(models.IntegerField(), default=list, blank=True)
    responses = models.JSONField(default=list, blank=True)

    consent_number = models.CharField(_("备案同意文号"), max_length=80, blank=True)
    visited_on = models.DateField(_("实地核实日期"), null=True)
    visit_passed = models.BooleanField(_("实地核实结论"), null=True)
    approval_number = models.CharField(_("批准文号"), max_length=80, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)

    class Meta:
        verbose_name = _("专科联盟设置备案")
        constraints = [models.UniqueConstraint(fields=["claim"], name="filing_one_at_a_time")]

"""Consortia of four kinds, the grids they answer for, and who belongs to them when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from yilian.registry.models.region import RegionLevel


class ConsortiumKind(models.TextChoices):
    CITY_GROUP = "city_group", _("城市医疗集团")
    COUNTY_COMMUNITY = "county_community", _("县域医共体")
    SPECIALTY_ALLIANCE = "specialty_alliance", _("专科联盟")
    TELEMEDICINE_NETWORK = "telemedicine_network", _("远程医疗协作网")


GRID_KINDS = (ConsortiumKind.CITY_GROUP, ConsortiumKind.COUNTY_COMMUNITY)
"""The kinds that answer for a grid (国卫医发〔2020〕13号)."""


class MemberRole(models.TextChoices):
    LEAD = "lead", _("牵头单位")
    MEMBER = "member", _("成员单位")


class Closeness(models.TextChoices):
    TIGHT = "tight", _("紧密型")
    LOOSE = "loose", _("松散型")


def _days(since: str, until: str) -> Func:
    """Return the days between two columns, both included; an empty end means for ever."""
    return Func(F(since), F(until), Value("[]"), function="daterange", output_field=DateRangeField())


def _same(column: str) -> Func:
    """Return an integer column as a range of one, which a plain gist index can compare without btree_gist."""
    return Func(F(column), F(column), Value("[]"), function="int4range", output_field=IntegerRangeField())


class Grid(models.Model):
    """A service grid (网格): the streets and counties one group or community answers for."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(_("网格名称"), max_length=80, unique=True)
    regions = models.ManyToManyField("registry.Region", blank=True, related_name="grids", verbose_name=_("覆盖区划"))
    population = models.PositiveIntegerField(_("常住人口"), null=True, blank=True)

    class Meta:
        verbose_name = _("网格")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Consortium(models.Model):
    """A founded consortium; one that is only applied for is a case, not yet a row here.

    `founded_on` and `ended_on` are its first and last day.
    """

    id = models.AutoField(primary_key=True)
    kind = models.CharField(_("类型"), max_length=24, choices=ConsortiumKind.choices, db_collation="C")
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    specialty = models.ForeignKey(
        "registry.Code", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("专科")
    )
    region = models.ForeignKey(
        "registry.Region", models.PROTECT, null=True, blank=True, related_name="consortia", verbose_name=_("所在区划")
    )
    coverage = models.ManyToManyField(
        "registry.Region", blank=True, related_name="covered_by", verbose_name=_("覆盖区划")
    )
    filing_level = models.SmallIntegerField(_("备案级别"), choices=RegionLevel.choices, null=True, blank=True)
    filing_number = models.CharField(_("备案文号"), max_length=80, blank=True)
    lead = models.ForeignKey(
        "registry.Institution", models.PROTECT, related_name="led_consortia", verbose_name=_("牵头单位")
    )
    grid = models.ForeignKey(
        Grid, models.PROTECT, null=True, blank=True, related_name="consortia", verbose_name=_("网格")
    )
    founded_on = models.DateField(_("成立日期"))
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("医联体")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")), name="consortium_days"
            ),
            models.CheckConstraint(
                condition=Q(grid__isnull=True) | Q(kind__in=[str(kind) for kind in GRID_KINDS]),
                name="consortium_grid_kind",
            ),
            ExclusionConstraint(
                name="consortium_one_per_grid",
                expressions=[(_same("grid"), "&&"), (_days("founded_on", "ended_on"), "&&")],
                condition=Q(grid__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Membership(models.Model):
    """An institution's time in a consortium; `until_on` is the last day. It may be in several consortia at once."""

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="memberships")
    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="memberships")
    role = models.CharField(_("角色"), max_length=8, choices=MemberRole.choices, default=MemberRole.MEMBER)
    closeness = models.CharField(_("紧密程度"), max_length=8, choices=Closeness.choices, blank=True)
    since_on = models.DateField(_("加入日期"))
    until_on = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("成员关系")
        ordering = ["consortium", "since_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="membership_days"
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    (_same("consortium"), "&&"),
                    (_same("institution"), "&&"),
                    (_days("since_on", "until_on"), "&&"),
                ],
            ),
            ExclusionConstraint(
                name="membership_one_lead",
                expressions=[(_same("consortium"), "&&"), (_days("since_on", "until_on"), "&&")],
                condition=Q(role=MemberRole.LEAD),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} @ {self.consortium_id}"

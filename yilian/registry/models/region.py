"""Administrative regions: the tree of GB/T 2260, with streets and townships below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST_AFTER = chr(0x10FFFF)


class RegionLevel(models.IntegerChoices):
    PROVINCE = 1, _("省级")
    CITY = 2, _("地市级")
    COUNTY = 3, _("县区级")
    STREET = 4, _("乡镇街道")


def stem(code: str) -> str:
    """Return the part of a code that everything under the region begins with: 420000 -> 42, 420106 -> 420106."""
    trimmed = code[:6]
    while len(trimmed) > 2 and trimmed.endswith("00"):
        trimmed = trimmed[:-2]
    return code if len(code) > 6 else trimmed


class RegionQuerySet(models.QuerySet["Region"]):
    def under(self, region: "Region | str") -> "RegionQuerySet":
        """Return the region itself and everything below it."""
        prefix = stem(region if isinstance(region, str) else region.code)
        return self.filter(code__gte=prefix, code__lt=prefix + FIRST_AFTER)


class Region(models.Model):
    """A province, city, county or street. The code is the key: rows that name a region can be read as they are."""

    code = models.CharField(_("区划代码"), max_length=12, primary_key=True, db_collation="C")
    name = models.CharField(_("名称"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级区划")
    )
    level = models.SmallIntegerField(_("级别"), choices=RegionLevel.choices)
    population = models.PositiveIntegerField(_("常住人口"), null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{6}(\d{3}(\d{3})?)?$"), name="region_code_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name

"""Institutions: every legal person that takes part, health authorities included."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.IntegerChoices):
    """Hospital grades; the numbers are those of the HL7 China value set."""

    LEVEL_1_C = 1, _("一级丙等")
    LEVEL_1_B = 2, _("一级乙等")
    LEVEL_1_A = 3, _("一级甲等")
    LEVEL_2_C = 4, _("二级丙等")
    LEVEL_2_B = 5, _("二级乙等")
    LEVEL_2_A = 6, _("二级甲等")
    LEVEL_3_C = 7, _("三级丙等")
    LEVEL_3_B = 8, _("三级乙等")
    LEVEL_3_A = 9, _("三级甲等")


class Ownership(models.TextChoices):
    PUBLIC = "public", _("公立")
    PRIVATE = "private", _("民营")


class Affiliation(models.IntegerChoices):
    """The level of government the institution belongs to (行政隶属); an institution may belong to none."""

    NATIONAL = 1, _("委属委管")
    PROVINCE = 2, _("省属")
    CITY = 3, _("市属")
    COUNTY = 4, _("县区属")
    TOWNSHIP = 5, _("乡镇街道属")
    NONE = 9, _("无隶属")


class Ending(models.TextChoices):
    SPLIT = "split", _("分立")
    MERGED = "merged", _("合并")
    DISSOLVED = "dissolved", _("解散")
    BANKRUPT = "bankrupt", _("破产清算")


class Institution(models.Model):
    """A medical institution or a health authority. Unknown facts are null, never "no"."""

    # An integer key: row security compares it with an int[] setting.
    id = models.AutoField(primary_key=True)
    name = models.CharField(_("机构名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(max_length=500, blank=True, db_collation="C")
    initials = models.CharField(max_length=120, blank=True, db_collation="C")
    unified_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True, db_collation="C")
    licence_number = models.CharField(_("执业许可证登记号"), max_length=22, null=True, blank=True, db_collation="C")
    category = models.CharField(_("机构类别"), max_length=4, blank=True, db_collation="C")
    grade = models.SmallIntegerField(_("等级"), choices=Grade.choices, null=True, blank=True)
    ownership = models.CharField(_("所有制"), max_length=8, choices=Ownership.choices, blank=True)
    economic_type = models.CharField(_("经济类型"), max_length=2, blank=True, db_collation="C")
    affiliation = models.SmallIntegerField(_("行政隶属"), choices=Affiliation.choices, null=True, blank=True)
    is_authority = models.BooleanField(_("卫生健康行政部门"), default=False)
    region = models.ForeignKey(
        "registry.Region", models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name=_("区划")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("总机"), max_length=40, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    subjects = models.ManyToManyField("registry.Code", blank=True, related_name="+", verbose_name=_("诊疗科目"))
    beds = models.PositiveIntegerField(_("编制床位"), null=True, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    licensed_on = models.DateField(_("执业许可日期"), null=True, blank=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=60, blank=True)
    has_outpatient = models.BooleanField(_("设门诊"), null=True, blank=True)
    has_inpatient = models.BooleanField(_("设住院"), null=True, blank=True)
    has_medical_office = models.BooleanField(_("医疗管理部门"), null=True, blank=True)
    has_nursing_office = models.BooleanField(_("护理管理部门"), null=True, blank=True)
    has_infection_office = models.BooleanField(_("院感管理部门"), null=True, blank=True)
    has_pharmacy_office = models.BooleanField(_("药剂管理部门"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    ending = models.CharField(_("终止方式"), max_length=10, choices=Ending.choices, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors")

    class Meta:
        verbose_name = _("机构")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unified_code"], name="institution_unified_code"),
            models.UniqueConstraint(fields=["licence_number"], name="institution_licence_number"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, ending="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(ending="")),
                name="institution_ending_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(is_authority=False) | models.Q(region__isnull=False),
                name="institution_authority_region",
            ),
        ]
        indexes = [
            models.Index(fields=["initials"], name="institution_initials"),
            models.Index(fields=["pinyin"], name="institution_pinyin"),
            models.Index(fields=["region"], name="institution_authority", condition=models.Q(is_authority=True)),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def tier(self) -> int | None:
        """Return 1, 2 or 3 for 一级, 二级, 三级; None when the grade is unknown or there is none."""
        return None if self.grade is None else (self.grade + 2) // 3

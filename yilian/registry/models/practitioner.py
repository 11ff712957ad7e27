"""Practitioners: the people who treat, nurse, dispense and test, with or without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Profession(models.TextChoices):
    CLINICAL = "clinical", _("临床医师")
    DENTAL = "dental", _("口腔医师")
    PUBLIC_HEALTH = "public_health", _("公共卫生医师")
    CHINESE = "chinese", _("中医医师")
    RURAL = "rural", _("乡村医生")
    NURSE = "nurse", _("护士")
    PHARMACIST = "pharmacist", _("药师")
    TECHNICIAN = "technician", _("技师")
    OTHER = "other", _("其他人员")


class Rank(models.IntegerChoices):
    """The level of a professional title (职称级别), ordered."""

    JUNIOR = 1, _("初级")
    MIDDLE = 2, _("中级")
    VICE_SENIOR = 3, _("副高级")
    SENIOR = 4, _("正高级")


class Practitioner(models.Model):
    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="practitioners")
    department = models.ForeignKey(
        "registry.Department", models.PROTECT, null=True, blank=True, related_name="practitioners"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practitioner",
        verbose_name=_("账号"),
    )
    name = models.CharField(_("姓名"), max_length=60)
    initials = models.CharField(max_length=60, blank=True, db_collation="C")
    staff_number = models.CharField(_("工号"), max_length=20, blank=True, db_collation="C")
    licence_code = models.CharField(_("执业证书编码"), max_length=15, null=True, blank=True, db_collation="C")
    profession = models.CharField(_("类别"), max_length=16, choices=Profession.choices)
    is_assistant = models.BooleanField(_("执业助理"), null=True, blank=True)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    rank = models.SmallIntegerField(_("职称级别"), choices=Rank.choices, null=True, blank=True)
    subject = models.ForeignKey(
        "registry.Code", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("执业范围")
    )
    licensed_on = models.DateField(_("首次注册日期"), null=True, blank=True)
    ended_on = models.DateField(_("离职日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("医务人员")
        ordering = ["institution", "id"]
        constraints = [
            models.UniqueConstraint(fields=["licence_code"], name="practitioner_licence_code"),
            models.UniqueConstraint(
                fields=["institution", "staff_number"],
                name="practitioner_staff_number",
                condition=~models.Q(staff_number=""),
            ),
            models.CheckConstraint(
                condition=models.Q(licence_code__isnull=True) | models.Q(licence_code__regex=r"^\d{15}$"),
                name="practitioner_licence_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

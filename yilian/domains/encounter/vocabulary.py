"""The closed lists of what members feed; codes are those of the columns of the files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitType(models.TextChoices):
    OUTPATIENT = "outpatient", _("门诊")
    EMERGENCY = "emergency", _("急诊")
    INPATIENT = "inpatient", _("住院")


class Sex(models.TextChoices):
    """Codes of GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSAID = "9", _("未说明")


class Insurance(models.TextChoices):
    EMPLOYEE = "employee", _("职工医保")
    RESIDENT = "resident", _("城乡居民医保")
    OTHER = "other", _("其他保障")
    NONE = "none", _("自费")


class OrderCategory(models.TextChoices):
    LABORATORY = "lab", _("检验")
    IMAGING = "imaging", _("影像")
    OTHER = "other", _("其他检查")


class Asked(models.TextChoices):
    """Whom a survey of satisfaction asks."""

    OUTPATIENT = "outpatient", _("门急诊患者")
    INPATIENT = "inpatient", _("住院患者")
    STAFF = "staff", _("医务人员")


class Title(models.TextChoices):
    SENIOR = "senior", _("正高")
    ASSOCIATE = "associate", _("副高")
    INTERMEDIATE = "intermediate", _("中级")
    JUNIOR = "junior", _("初级")

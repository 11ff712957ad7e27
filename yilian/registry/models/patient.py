"""Patients: one row per person, seen only by the institutions that know this person."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries.keys import uuid7


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSPECIFIED = "9", _("未说明")


class Patient(models.Model):
    """A person. What is sealed can be read only with the key; what is digested can be found only by the exact value.

    `institutions` are those that know the patient: row security shows the row to nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("姓名"), max_length=100)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    identity_masked = models.CharField(_("证件号码"), max_length=40, blank=True)
    phone_sealed = models.BinaryField(null=True, editable=False)
    phone_digest = models.BinaryField(null=True, editable=False)
    phone_masked = models.CharField(_("联系电话"), max_length=40, blank=True)
    address_sealed = models.BinaryField(null=True, editable=False)
    region = models.ForeignKey(
        "registry.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("居住地区划")
    )
    ethnicity = models.CharField(_("民族"), max_length=2, blank=True, db_collation="C")
    insurance = models.CharField(_("医疗保障"), max_length=4, blank=True, db_collation="C")
    guardian_name = models.CharField(_("监护人"), max_length=100, blank=True)
    guardian_relation = models.CharField(_("与患者关系"), max_length=4, blank=True, db_collation="C")
    guardian_phone_sealed = models.BinaryField(null=True, editable=False)
    is_deceased = models.BooleanField(_("已故"), default=False)
    deceased_on = models.DateField(_("死亡日期"), null=True, blank=True)
    institutions = ArrayField(models.IntegerField(), verbose_name=_("知悉机构"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(_("登记时间"))
    changed_at = models.DateTimeField(_("更改时间"))

    class Meta:
        verbose_name = _("患者")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(institutions__len__gt=0), name="patient_known_to_some"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="patient_not_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_digest"], name="patient_phone", condition=models.Q(phone_digest__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name


class IdentityKind(models.TextChoices):
    """Kinds of identity documents; the codes are those of the code system `identity-kind`."""

    RESIDENT = "01", _("居民身份证")
    HOUSEHOLD = "02", _("居民户口簿")
    PASSPORT = "03", _("护照")
    OFFICER = "04", _("军官证")
    DRIVING = "05", _("驾驶证")
    HONG_KONG_MACAO = "06", _("港澳居民来往内地通行证")
    TAIWAN = "07", _("台湾居民来往内地通行证")
    OTHER = "99", _("其他法定有效证件")


class CardKind(models.TextChoices):
    """Numbers that name a person in a scheme and prove nothing about who they are."""

    INSURANCE = "insurance", _("医保证（卡）号")
    ARCHIVE = "archive", _("健康档案编号")


class PatientIdentifier(models.Model):
    """An identity document, a card (CardKind), or a number an institution gave (then `institution` says which)."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="identifiers")
    kind = models.CharField(_("证件类型"), max_length=12, db_collation="C")
    institution = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    value_sealed = models.BinaryField(editable=False)
    digest = models.BinaryField(editable=False)
    masked = models.CharField(_("号码"), max_length=40)

    class Meta:
        verbose_name = _("患者标识")
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "kind", "institution"], name="identifier_unique", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.masked


class PatientKey(models.Model):
    """What an institution can type to find a patient: name, pinyin, end of a number. Written by SQL functions only."""

    pk = models.CompositePrimaryKey("institution_id", "key", "patient_id")
    institution = models.ForeignKey("registry.Institution", models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120, db_collation="C")
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="keys")

    class Meta:
        verbose_name = _("检索键")

    def __str__(self) -> str:
        return self.key


class PatientMerge(models.Model):
    """One joining of two rows of the same person, with all it takes to part them again. Written by SQL functions only.

    `moved` lists the keys of every row that pointed to the dropped patient, by table and column; `filled` names the
    facts the kept row took over; `gained` are the institutions that came to know the kept row through it, `confirmed`
    those of them that have since come to know it anyway.
    """

    kept = models.ForeignKey(Patient, models.PROTECT, related_name="merges_kept")
    dropped = models.ForeignKey(Patient, models.PROTECT, related_name="merges_dropped")
    moved = models.JSONField()
    filled = models.JSONField()
    gained = ArrayField(models.IntegerField())
    confirmed = ArrayField(models.IntegerField(), default=list)
    institutions = ArrayField(models.IntegerField())
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("合并依据"), max_length=300)
    merged_at = models.DateTimeField(_("合并时间"))
    parted_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = _("患者合并")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.dropped_id} -> {self.kept_id}"


class Decision(models.TextChoices):
    """What a person has said about two patients who look alike."""

    OPEN = "", _("待核对")
    DIFFERENT = "different", _("不是同一人")


class PatientPair(models.Model):
    """Two patients who may be one person, and what somebody said about it. Written by SQL functions only.

    `low` and `high` are ordered by key; `institutions` are those that know both. Two columns as the key keep the pair
    out of what a merge moves (`patient_pointers`).
    """

    pk = models.CompositePrimaryKey("low_id", "high_id")
    low = models.ForeignKey(Patient, models.PROTECT, related_name="+", db_index=False)
    high = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    weight = models.SmallIntegerField(_("证据权重"))
    institutions = ArrayField(models.IntegerField())
    found_at = models.DateTimeField(_("发现时间"))
    decision = models.CharField(_("结论"), max_length=12, choices=Decision.choices, blank=True, db_collation="C")
    ground = models.CharField(_("理由"), max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    institution = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("判定机构")
    )
    decided_at = models.DateTimeField(_("判定时间"), null=True)

    class Meta:
        verbose_name = _("疑似重复")
        ordering = ["-weight", "low", "high"]
        constraints = [
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["decision", "-weight", "low", "high"], name="pair_weight")]

    def __str__(self) -> str:
        return f"{self.low_id} ? {self.high_id}"

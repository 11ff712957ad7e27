"""Bodies of consortia and the seats in them: public rows; and who answers for a consortium at each member."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    COUNCIL = "council", _("理事会")
    COMMITTEE = "committee", _("管理委员会")
    LEADING = "leading", _("领导小组")
    OFFICE = "office", _("办公室（秘书处）")
    DISPUTES = "disputes", _("纠纷解决机构")
    ASSESSMENT = "assessment", _("综合绩效考核工作小组")
    QUALITY = "quality", _("医疗质量工作组")
    SERVICE = "service", _("医疗服务工作组")
    SAFETY = "safety", _("医疗安全工作组")
    RESEARCH = "research", _("医疗科研工作组")
    INFECTION = "infection", _("院感质控组织")
    EMERGENCY = "emergency", _("急诊质控组织")
    OTHER = "other", _("其他工作组")
    STAFF = "staff", _("人力资源管理中心")
    FINANCE = "finance", _("财务管理中心")
    PUBLIC_HEALTH = "public_health", _("公共卫生管理中心")
    INFORMATION = "information", _("信息管理中心")
    LOGISTICS = "logistics", _("后勤管理中心")


class Position(models.TextChoices):
    CHAIR = "chair", _("正职")
    VICE = "vice", _("副职")
    MEMBER = "member", _("成员")


def _same(column: str) -> Func:
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


DAYS = Func(F("since_on"), F("until_on"), Value("[]"), function="daterange", output_field=DateRangeField())


class Body(models.Model):
    """A body from its founding to `until_on`, its last day; `case_id` is the case that founded it."""

    id = models.AutoField(primary_key=True)
    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="bodies")
    kind = models.CharField(_("机构类型"), max_length=16, choices=BodyKind.choices, db_collation="C")
    name = models.CharField(_("名称"), max_length=80)
    seated_in = models.CharField(_("所在部门"), max_length=80, blank=True)
    since_on = models.DateField(_("设立日期"))
    until_on = models.DateField(_("撤销日期"), null=True)
    case_id = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("机构")
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "kind"],
                condition=Q(until_on=None) & ~Q(kind=BodyKind.OTHER),
                name="body_one_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Somebody's seat: a practitioner of a member, or a person from a company or research institute (`organisation`).

    `term_until` is the last day of the term; who stays on after it does so until somebody follows. `until_on` is the
    last day in the seat, empty while it is held. `votes` count where a motion is voted on by weight.
    """

    id = models.AutoField(primary_key=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    position = models.CharField(_("职务"), max_length=8, choices=Position.choices, db_collation="C")
    person = models.ForeignKey("registry.Practitioner", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(_("姓名"), max_length=60)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(_("企业或科研机构"), max_length=80, blank=True)
    office = models.CharField(_("行政职务"), max_length=60, blank=True)
    substitute = models.CharField(_("替补人"), max_length=60, blank=True)
    votes = models.PositiveSmallIntegerField(_("票数"), default=1)
    since_on = models.DateField(_("任期起"))
    term_until = models.DateField(_("任期止"), null=True)
    until_on = models.DateField(_("离任日期"), null=True)
    case_id = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("席位")
        ordering = ["body", "id"]
        constraints = [
            ExclusionConstraint(
                name="seat_one_chair",
                expressions=[(_same("body"), "&&"), (DAYS, "&&")],
                condition=Q(position=Position.CHAIR),
            ),
            ExclusionConstraint(
                name="seat_one_each",
                expressions=[(_same("body"), "&&"), (_same("person"), "&&"), (DAYS, "&&")],
                condition=Q(person__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | ~Q(organisation=""), name="seat_comes_from_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.institution or self.organisation}）"


class Contact(models.Model):
    """The department and the person at a member that answer for the consortium's business (S4 6.2.4)."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="+")
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    department = models.CharField(_("对接部门"), max_length=60)
    person = models.CharField(_("联系人"), max_length=60)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("对接部门与联系人")
        constraints = [models.UniqueConstraint(fields=["consortium", "institution"], name="contact_once")]

    def __str__(self) -> str:
        return f"{self.institution} {self.person}"

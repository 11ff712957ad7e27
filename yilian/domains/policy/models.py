"""One edition of an institutional document, and who has read and understood it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class PolicyState(models.TextChoices):
    DRAFT = "draft", _("起草中")
    REVIEWING = "reviewing", _("待审核")
    APPROVING = "approving", _("待批准")
    IN_FORCE = "in_force", _("现行")
    DUE = "due", _("现行，待复审")
    SUPERSEDED = "superseded", _("已被新版取代")
    WITHDRAWN = "withdrawn", _("已废止")
    DROPPED = "dropped", _("已作废")


class Audience(models.TextChoices):
    OWN = "own", _("本单位职工")
    MEMBERS = "members", _("医联体全体成员单位职工")
    CHOSEN = "chosen", _("指定单位职工")


class Matter(models.TextChoices):
    """What frameworks of assessment ask to see a document about (docs/adr/0168)."""

    PLAN = "plan", _("医联体建设实施方案")
    PAY = "pay", _("绩效工资政策")
    INCENTIVE = "incentive", _("整合与下沉的考核激励机制")
    QUALITY = "quality", _("医疗质量同质化管理制度")
    STAFF = "staff", _("人事统一管理")
    FINANCE = "finance", _("财务统一管理")
    SERVICES = "services", _("业务统一管理")
    DRUGS = "drugs", _("药品统一管理")
    INFORMATION = "information", _("信息统一管理")
    COOPERATION = "cooperation", _("服务协同与双向转诊")


class Policy(Case):
    """An edition. `previous` is the case of the edition before it, `successor` of the one being prepared or in force.

    `issued_on` is the day the first edition came out, `revised_on` the day of this one if it is a later one.
    """

    owner = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(_("文件名称"), max_length=120, blank=True)
    code = models.CharField(_("部门代号"), max_length=6, blank=True, db_collation="C")
    serial = models.PositiveIntegerField(null=True, editable=False)
    document_number = models.CharField(_("文件编号"), max_length=24, blank=True, db_collation="C")
    department = models.CharField(_("主管部门"), max_length=60, blank=True)
    scope = models.CharField(_("适用范围"), max_length=120, blank=True)
    matter = models.CharField(_("对应事项"), max_length=12, choices=Matter.choices, blank=True, db_collation="C")
    audience = models.CharField(_("查阅范围"), max_length=8, choices=Audience.choices, blank=True, db_collation="C")
    readers = ArrayField(models.IntegerField(), default=list, blank=True)
    review_years = models.PositiveSmallIntegerField(_("修订年限"), null=True)
    text = models.TextField(_("正文"), blank=True)
    changes = models.TextField(_("修订说明"), blank=True)
    reviewer = models.CharField(_("审核者"), max_length=100, blank=True)
    approver = models.CharField(_("批准者"), max_length=100, blank=True)
    issued_on = models.DateField(_("发行日期"), null=True)
    revised_on = models.DateField(_("最近修订日期"), null=True)
    confirmed_on = models.DateField(_("最近复审日期"), null=True)
    review_on = models.DateField(_("应复审日期"), null=True)
    revisions = models.PositiveSmallIntegerField(_("已修订次数"), default=0)
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    previous = models.UUIDField(null=True, editable=False)
    successor = models.UUIDField(null=True, editable=False)
    withdrawal = models.TextField(_("废止理由"), blank=True)

    class Meta:
        verbose_name = _("制度文件")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code", "serial", "edition"],
                condition=models.Q(serial__isnull=False),
                name="policy_number_once",
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=models.Q(serial__isnull=False), name="policy_one_next"
            ),
        ]


class Receipt(models.Model):
    """That somebody has read and understood an edition; written once, never changed."""

    case = models.ForeignKey(Policy, models.PROTECT, related_name="receipts", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("姓名"), max_length=100)
    at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("阅读确认")
        constraints = [models.UniqueConstraint(fields=["case", "reader"], name="receipt_once")]

    def __str__(self) -> str:
        return self.name

"""The call for help: what does not work where, since when, and what was done about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case
from yilian.registry.columns import institution_key


class CallState(models.TextChoices):
    """Where a call stands."""

    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待受理")
    IN_HAND = "in_hand", _("处理中")
    WAITING = "waiting", _("待补充情况")
    SOLVED = "solved", _("已解决待确认")
    CLOSED = "closed", _("已了结")
    WITHDRAWN = "withdrawn", _("已撤回")


class Priority(models.IntegerChoices):
    """How much work stands still."""

    URGENT = 2, _("影响诊疗或整个机构")
    ROUTINE = 3, _("个别人或个别功能")


class Channel(models.TextChoices):
    """How the call came in."""

    PLATFORM = "platform", _("平台提交")
    PHONE = "phone", _("电话")
    ON_SITE = "on_site", _("现场")
    MESSAGE = "message", _("即时消息")


class Trouble(models.TextChoices):
    """What does not work."""

    LOG_IN = "log_in", _("登录与账号")
    NETWORK = "network", _("网络不通")
    INTERFACE = "interface", _("接口与数据上报")
    HARDWARE = "hardware", _("电脑与打印")
    USE = "use", _("不会操作")
    FAULT = "fault", _("平台故障")
    OTHER = "other", _("其他")


class SupportCall(Case):
    """A call of an institution, or taken down for one, to whoever leads its consortium."""

    caller = institution_key(_("登记单位"))
    about = institution_key(_("求助单位"), null=True, blank=True)
    desk = institution_key(_("受理单位"), null=True, blank=True)
    channel = models.CharField(_("来源"), max_length=10, choices=Channel.choices, blank=True, db_collation="C")
    trouble = models.CharField(_("问题类别"), max_length=10, choices=Trouble.choices, blank=True, db_collation="C")
    is_cut_off = models.BooleanField(_("该单位已无法使用平台"), default=False)
    subject = models.CharField(_("标题"), max_length=120, blank=True)
    details = models.TextField(_("情况"), blank=True)
    began_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    contact = models.CharField(_("联系人和电话"), max_length=120, blank=True)
    question = models.TextField(_("需要补充的情况"), blank=True)
    reply = models.TextField(_("补充的情况"), blank=True)
    found = models.CharField(_("原因"), max_length=10, choices=Trouble.choices, blank=True, db_collation="C")
    solution = models.TextField(_("解决办法"), blank=True)
    objection = models.TextField(_("仍未解决的情况"), blank=True)
    filed_at = models.DateTimeField(_("登记时间"), null=True, editable=False)
    solve_by = models.DateTimeField(_("解决期限"), null=True, editable=False)
    taken_by = models.CharField(_("受理人"), max_length=100, blank=True, editable=False)
    solved_at = models.DateTimeField(_("解决时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("报障与求助")
        indexes = [
            models.Index(fields=["about", "filed_at"], name="support_about"),
            models.Index(fields=["filed_at"], name="support_filed"),
        ]

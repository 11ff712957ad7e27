"""A meeting, who comes to it, and the public line that it was held."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models.body import Body
from yilian.kernel.workflow.models import Case


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    CALLED = "called", _("已通知")
    HELD = "held", _("待定纪要")
    APPROVED = "approved", _("纪要已定")
    CANCELLED = "cancelled", _("已取消")


class Form(models.TextChoices):
    JOINT = "joint", _("联席会议")
    COUNCIL = "council", _("理事会会议")
    GROUP = "group", _("工作组会议")


class Reply(models.TextChoices):
    ATTEND = "attend", _("参加")
    SUBSTITUTE = "substitute", _("委派他人参加")
    DECLINE = "decline", _("请假")


class Meeting(Case):
    """A meeting of a consortium. `agenda` is [{item, speaker}]; without `invitees` all members are invited."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    form = models.CharField(_("会议类型"), max_length=8, choices=Form.choices, blank=True, db_collation="C")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(_("会议名称"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("开会时间"), null=True)
    place = models.CharField(_("地点或会议号"), max_length=200, blank=True)
    invitees = ArrayField(models.IntegerField(), default=list, blank=True)
    agenda = models.JSONField(default=list, blank=True)
    remarks = models.TextField(_("会议要求"), blank=True)
    held_on = models.DateField(_("召开日期"), null=True)
    expected = models.PositiveSmallIntegerField(_("应到单位"), null=True)
    present = models.PositiveSmallIntegerField(_("实到单位"), null=True)
    minutes = models.TextField(_("会议纪要"), blank=True)

    class Meta:
        verbose_name = _("会议")


class Attendee(models.Model):
    """An institution's answer to the call, and who signed in for it on the day."""

    case = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    reply = models.CharField(_("答复"), max_length=12, choices=Reply.choices, blank=True, db_collation="C")
    person = models.CharField(_("参会人"), max_length=60, blank=True)
    reason = models.CharField(_("请假理由"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("签到时间"), null=True)

    class Meta:
        verbose_name = _("参会单位")
        constraints = [models.UniqueConstraint(fields=["case", "institution"], name="attendee_once")]

    def __str__(self) -> str:
        return f"{self.institution} {self.person}"


class HeldMeeting(models.Model):
    """That a consortium met: a line everybody may read, since obligations rest on it; never changed."""

    consortium = models.ForeignKey(settings.CONSORTIUM_MODEL, models.PROTECT, related_name="+")
    form = models.CharField(_("会议类型"), max_length=8, choices=Form.choices, db_collation="C")
    subject = models.CharField(_("会议名称"), max_length=120)
    held_on = models.DateField(_("召开日期"))
    case_id = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("已召开的会议")

    def __str__(self) -> str:
        return f"{self.subject} {self.held_on}"

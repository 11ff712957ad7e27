"""What leaves the house: the robots of institutions, and how each message fared on its way."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.notices.models.notice import Notice


class NoticeRobot(models.Model):
    """A robot that writes into a chat group of one institution. Its key opens the group to anyone, so it is sealed."""

    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=24, db_collation="C")
    title = models.CharField(max_length=60)
    key = models.BinaryField()
    secret = models.BinaryField(null=True)
    ending = models.CharField(max_length=4)
    kinds = ArrayField(models.CharField(max_length=24))
    is_on = models.BooleanField(default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    set_by_name = models.CharField(max_length=100)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("群机器人")
        constraints = [models.UniqueConstraint(fields=["institution", "channel", "title"], name="notice_robot_once")]

    def __str__(self) -> str:
        return self.title


class State(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    DEAD = "dead", _("未能送达")


class NoticeDelivery(models.Model):
    """A notice on its way to one person, or to one robot, through a channel; one row, whatever becomes of it."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    robot = models.ForeignKey(NoticeRobot, models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=24, db_collation="C")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, db_collation="C")
    attempts = models.SmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "user", "channel"], name="notice_delivered_once"),
            models.UniqueConstraint(fields=["notice", "robot"], name="notice_posted_once"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(robot__isnull=True), name="notice_to_one"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-id"], name="delivery_log"),
            models.Index(fields=["institution", "-id"], name="delivery_dead", condition=models.Q(state="dead")),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return {State.SENT: "success", State.DEAD: "danger"}.get(State(self.state), "default")

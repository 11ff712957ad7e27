"""A motion and the ballots cast on it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models.body import Body, Seat
from yilian.kernel.workflow.models import Case


class MotionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    VOTING = "voting", _("表决中")
    COUNTED = "counted", _("已计票")
    WITHDRAWN = "withdrawn", _("已撤回")


class Matter(models.TextChoices):
    """What a motion is about: anything, or a parameter, seats or a case that it decides by being counted."""

    ORDINARY = "ordinary", _("一般事项")
    PARAMETER = "parameter", _("修改参数")
    SEATS = "seats", _("席位任免")
    CASE = "case", _("事项审议")


class Outcome(models.TextChoices):
    PASSED = "passed", _("通过")
    REJECTED = "rejected", _("未通过")
    NO_QUORUM = "no_quorum", _("参与不足，表决无效")


class Choice(models.TextChoices):
    FOR = "for", _("赞成")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")
    RECUSE = "recuse", _("回避")


class Ballots(models.TextChoices):
    """How ballots are cast: by name one vote each, by name with the votes of each seat, or secretly one vote each."""

    OPEN = "open", _("记名，一席一票")
    WEIGHTED = "weighted", _("记名，按席位票数")
    SECRET = "secret", _("无记名，一席一票")


class Motion(Case):
    """A motion of a consortium's lead.

    `tasks` is [{what, doer, until_on}]; `tally` is what was counted: see motion.tally. `about` is the case that waits
    for the outcome; institutions that are `recused` have no vote, and a confidential one is read by voters alone.
    """

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(_("议题"), max_length=120, blank=True)
    text = models.TextField(_("议案内容"), blank=True)
    basis = models.TextField(_("提案依据"), blank=True)
    matter = models.CharField(_("议案类型"), max_length=12, choices=Matter.choices, blank=True, db_collation="C")
    parameter = models.CharField(_("修改的参数"), max_length=80, blank=True, db_collation="C")
    parameter_name = models.CharField(max_length=200, blank=True)
    value = models.CharField(_("新取值"), max_length=200, blank=True)
    effective_on = models.DateField(_("生效日期"), null=True)
    sitting = models.UUIDField(_("审议会议"), null=True, db_index=True)
    sitting_name = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    nomination = models.UUIDField(_("席位任免"), null=True, db_index=True)
    nomination_name = models.CharField(max_length=300, blank=True)
    about = models.UUIDField(_("审议事项"), null=True, db_index=True)
    about_name = models.CharField(max_length=300, blank=True)
    recused = ArrayField(models.IntegerField(), default=list, blank=True)
    is_confidential = models.BooleanField(default=False)
    voting = models.CharField(
        _("表决方式"), max_length=8, choices=Ballots.choices, default=Ballots.OPEN, db_collation="C"
    )
    tasks = models.JSONField(default=list, blank=True)
    put_on = models.DateField(_("提交表决日期"), null=True)
    outcome = models.CharField(_("表决结果"), max_length=12, choices=Outcome.choices, blank=True, db_collation="C")
    tally = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("议案")


class Ballot(models.Model):
    """One ballot of one institution, or of one of its seats in the body that votes; cast once, never changed.

    A secret ballot says that it was cast and not how: its choice is empty, the counts are in the ballot box.
    """

    case = models.ForeignKey(Motion, models.PROTECT, related_name="ballots", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField(_("票数"), default=1)
    choice = models.CharField(_("表决意见"), max_length=8, choices=Choice.choices, blank=True, db_collation="C")
    reason = models.CharField(_("回避理由"), max_length=500, blank=True)
    cast_at = models.DateTimeField(_("表决时间"))
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    cast_by_name = models.CharField(_("表决人"), max_length=100)

    class Meta:
        verbose_name = _("表决票")
        constraints = [
            models.UniqueConstraint(fields=["case", "institution"], condition=models.Q(seat=None), name="ballot_once"),
            models.UniqueConstraint(fields=["case", "seat"], name="ballot_once_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_choice_display()}"


class BallotBox(models.Model):
    """The secret votes of a motion, counted as they come; the app puts in and opens it through functions only."""

    case = models.OneToOneField(Motion, models.PROTECT, related_name="+")
    in_favour = models.PositiveIntegerField(default=0)
    against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("票箱")

    def __str__(self) -> str:
        return str(self.case_id)

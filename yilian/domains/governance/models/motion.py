"""A motion and the ballots cast on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class MotionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    VOTING = "voting", _("表决中")
    COUNTED = "counted", _("已计票")
    WITHDRAWN = "withdrawn", _("已撤回")


class Matter(models.TextChoices):
    """What a motion is about: anything, or a parameter that it changes by being passed."""

    ORDINARY = "ordinary", _("一般事项")
    PARAMETER = "parameter", _("修改参数")


class Outcome(models.TextChoices):
    PASSED = "passed", _("通过")
    REJECTED = "rejected", _("未通过")
    NO_QUORUM = "no_quorum", _("参与不足，表决无效")


class Choice(models.TextChoices):
    FOR = "for", _("赞成")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")
    RECUSE = "recuse", _("回避")


class Motion(Case):
    """A motion of a consortium's lead.

    `tasks` is [{what, doer, until_on}]; `tally` is what was counted: see motion.tally.
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
    tasks = models.JSONField(default=list, blank=True)
    put_on = models.DateField(_("提交表决日期"), null=True)
    outcome = models.CharField(_("表决结果"), max_length=12, choices=Outcome.choices, blank=True, db_collation="C")
    tally = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("议案")


class Ballot(models.Model):
    """One ballot of one institution; cast once, never changed."""

    case = models.ForeignKey(Motion, models.PROTECT, related_name="ballots", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField(_("票数"), default=1)
    choice = models.CharField(_("表决意见"), max_length=8, choices=Choice.choices, db_collation="C")
    reason = models.CharField(_("回避理由"), max_length=500, blank=True)
    cast_at = models.DateTimeField(_("表决时间"))
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    cast_by_name = models.CharField(_("表决人"), max_length=100)

    class Meta:
        verbose_name = _("表决票")
        constraints = [models.UniqueConstraint(fields=["case", "institution"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_choice_display()}"

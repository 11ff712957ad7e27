"""A dispute, and each session in which it was mediated."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class DisputeState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待受理")
    ANSWERING = "answering", _("待答辩")
    MEDIATING = "mediating", _("调解中")
    PROPOSED = "proposed", _("待答复调解方案")
    DECIDING = "deciding", _("待决定")
    SETTLED = "settled", _("已和解")
    DECIDED = "decided", _("已决定")
    DECLINED = "declined", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")


class Dispute(Case):
    """One member against another before a mediator who is neither; `*_agrees` answer the proposal that stands.

    `about_agreement` is the key of a signed one. `decision` is a draft while the dispute waits to be decided.
    """

    claimant = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    respondent = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    mediator = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    subject = models.CharField(_("争议事项"), max_length=120, blank=True)
    claims = models.TextField(_("请求"), blank=True)
    facts = models.TextField(_("事实与理由"), blank=True)
    about_agreement = models.UUIDField(_("涉及的协议"), null=True)
    about_agreement_name = models.CharField(max_length=300, blank=True)
    clauses = models.TextField(_("涉及的条款"), blank=True)
    declined_for = models.TextField(_("不予受理的理由"), blank=True)
    reply = models.TextField(_("答辩意见"), blank=True)
    next_at = models.DateTimeField(_("下次调解时间"), null=True)
    next_place = models.CharField(_("调解地点"), max_length=200, blank=True)
    proposal = models.TextField(_("调解方案"), blank=True)
    claimant_agrees = models.BooleanField(_("申请方同意"), null=True)
    respondent_agrees = models.BooleanField(_("被申请方同意"), null=True)
    decided_by = models.CharField(_("作出决定的机构与会议"), max_length=200, blank=True)
    decision = models.TextField(_("决定"), blank=True)
    effect = models.TextField(_("对协议和条款的影响"), blank=True)
    ended_on = models.DateField(_("办结日期"), null=True)

    class Meta:
        verbose_name = _("纠纷")


class Session(models.Model):
    """A session of mediation, as it was recorded; never changed."""

    case = models.ForeignKey(Dispute, models.PROTECT, related_name="sessions", db_index=False)
    held_on = models.DateField(_("调解日期"))
    present = models.CharField(_("到场人员"), max_length=300)
    record = models.TextField(_("调解记录"))
    written_by = models.CharField(_("记录人"), max_length=100)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("调解记录")
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.held_on}"

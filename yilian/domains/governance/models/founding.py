"""The cases that found bodies and fill their seats."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models.body import Body, BodyKind
from yilian.kernel.workflow.models import Case


class FoundingState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    STANDING = "standing", _("运行中")
    DISSOLVED = "dissolved", _("已撤销")
    DROPPED = "dropped", _("已作废")


class Founding(Case):
    """A body of a consortium; `seats` is [{position, person, name, organisation, office, substitute, votes}]."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    sort = models.CharField(_("机构类型"), max_length=16, choices=BodyKind.choices, blank=True, db_collation="C")
    name = models.CharField(_("名称"), max_length=80, blank=True)
    seated_in = models.CharField(_("所在部门"), max_length=80, blank=True)
    since_on = models.DateField(_("设立日期"), null=True)
    term_until = models.DateField(_("任期止"), null=True)
    seats = models.JSONField(default=list, blank=True)
    decision = models.TextField(_("设立依据"), blank=True)
    body = models.OneToOneField(Body, models.PROTECT, null=True, related_name="founding", editable=False)
    ending = models.TextField(_("撤销依据"), blank=True)

    class Meta:
        verbose_name = _("机构设立")


class AppointmentState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    NOMINATED = "nominated", _("已提名")
    APPOINTED = "appointed", _("已任免")
    WITHDRAWN = "withdrawn", _("已撤回")


class Change(models.TextChoices):
    TERM = "term", _("换届")
    FILL = "fill", _("增补")
    VACATE = "vacate", _("免去")


class Way(models.TextChoices):
    VOTE = "vote", _("表决选举")
    DECISION = "decision", _("牵头单位决定")


class Appointment(Case):
    """Who is to sit in a body, or to leave it, from `since_on`; decided by a motion or by the lead."""

    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    change = models.CharField(_("任免类型"), max_length=8, choices=Change.choices, blank=True, db_collation="C")
    seats = models.JSONField(default=list, blank=True)
    leaving = ArrayField(models.IntegerField(), default=list, blank=True)
    since_on = models.DateField(_("生效日期"), null=True)
    term_until = models.DateField(_("任期止"), null=True)
    way = models.CharField(_("产生方式"), max_length=8, choices=Way.choices, blank=True, db_collation="C")
    ground = models.TextField(_("提名理由"), blank=True)
    decision = models.TextField(_("决定"), blank=True)

    class Meta:
        verbose_name = _("席位任免")

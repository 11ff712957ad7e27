"""A shared ward, a round held in it, and what was found of one patient on that round."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.ward.vocabulary import Way
from yilian.kernel.workflow.models import Case
from yilian.registry.columns import institution_key, noun_key


class SharedWard(Case):
    """Beds of one institution (host) that another (visitor) looks after with it, from a day to a day."""

    host = institution_key(_("病房所在机构"), null=True)
    visitor = institution_key(_("共管机构"), null=True)
    host_department = noun_key("registry.Department", _("病房所在科室"))
    visitor_department = noun_key("registry.Department", _("共管科室"))
    host_head = noun_key("registry.Practitioner", _("所在机构负责人"))
    visitor_head = noun_key("registry.Practitioner", _("共管机构负责人"))
    name = models.CharField(_("病房名称"), max_length=60, blank=True)
    beds = models.CharField(_("床位"), max_length=300, blank=True)
    rounds_a_month = models.PositiveSmallIntegerField(_("每月约定查房次数"), null=True, blank=True)
    duties = models.TextField(_("双方职责"), blank=True)
    since_on = models.DateField(_("起"), null=True, blank=True)
    until_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=300, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, editable=False)

    class Meta:
        verbose_name = _("延伸病房")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="shared_ward_has_days",
            ),
        ]

    @property
    def bed_names(self) -> list[str]:
        """The beds by name, as they were written: separated by spaces or commas."""
        return list(dict.fromkeys(self.beds.replace("、", " ").replace("，", " ").replace(",", " ").split()))


class WardRound(Case):
    """One joint round in a shared ward: planned by the host, called by the visitor, held, written."""

    ward_case = models.ForeignKey(SharedWard, models.PROTECT, null=True, related_name="rounds", editable=False)
    host = institution_key(_("病房所在机构"), null=True)
    visitor = institution_key(_("共管机构"), null=True)
    planned_at = models.DateTimeField(_("约定时间"), null=True, blank=True)
    way = models.CharField(_("方式"), max_length=8, choices=Way.choices, blank=True, db_collation="C")
    topics = models.CharField(_("查房重点"), max_length=300, blank=True)
    leader = noun_key("registry.Practitioner", _("查房主持人"))
    attendees = models.CharField(_("参加人员"), max_length=300, blank=True)
    held_at = models.DateTimeField(_("查房时间"), null=True, blank=True)
    summary = models.TextField(_("查房小结"), blank=True)
    written_at = models.DateTimeField(_("小结时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("联合查房")


class WardNote(Case):
    """What a round found of one patient, and what is to be done; both institutions of the round read it."""

    round_case = models.ForeignKey(WardRound, models.PROTECT, null=True, related_name="notes", editable=False)
    host = institution_key(_("病房所在机构"), null=True)
    visitor = institution_key(_("共管机构"), null=True)
    bed = models.CharField(_("床位"), max_length=20, blank=True)
    reason = models.CharField(_("提请查房的问题"), max_length=300, blank=True)
    findings = models.TextField(_("查房意见"), blank=True)
    orders = models.TextField(_("处理与医嘱建议"), blank=True)
    not_seen_reason = models.CharField(_("未查原因"), max_length=200, blank=True)
    seen_by = models.CharField(_("记录人"), max_length=100, blank=True, editable=False)
    about = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("查房记录")
        constraints = [models.UniqueConstraint(fields=["round_case", "about"], name="ward_note_once")]

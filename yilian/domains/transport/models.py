"""A journey of one patient from one hospital to another."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yilian.domains.transport.vocabulary import Consciousness, EncounterClass, EscortedBy, Mode
from yilian.kernel.workflow.models import Case
from yilian.registry.columns import institution_key


def _moment(title: str) -> models.DateTimeField:
    return models.DateTimeField(title, null=True, blank=True)


def _sign(title: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(title, null=True, blank=True)


def _codes(title: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, db_collation="C"), verbose_name=title, default=list, blank=True)


class Journey(Case):
    """One journey: planned, on the road, arrived, and signed for by the receiver, or how else it ended."""

    referral_case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", verbose_name=_("转诊单"), editable=False
    )
    sender = institution_key(_("转出机构"), null=True)
    receiver = institution_key(_("转入机构"), null=True)
    is_emergency = models.BooleanField(_("急诊绿色通道"), default=False, editable=False)
    mode = models.CharField(_("转运方式"), max_length=16, choices=Mode.choices, blank=True, db_collation="C")
    vehicle = models.CharField(_("车辆"), max_length=40, blank=True)
    driver = models.CharField(_("驾驶员及电话"), max_length=60, blank=True)
    escorted_by = models.CharField(
        _("护送方"), max_length=12, choices=EscortedBy.choices, default=EscortedBy.SENDER, db_collation="C"
    )
    escort = models.CharField(_("护送负责人"), max_length=60, blank=True)
    escort_phone = models.CharField(_("护送人电话"), max_length=40, blank=True)
    planned_departure = _moment(_("计划出发"))
    expected_arrival = _moment(_("预计到达"))
    requirements = models.CharField(_("途中要求"), max_length=500, blank=True)

    departed_at = _moment(_("出发时间"))
    consciousness = models.CharField(
        _("意识"), max_length=12, choices=Consciousness.choices, blank=True, db_collation="C"
    )
    out_pulse = _sign(_("出发时脉搏"))
    out_respiration = _sign(_("出发时呼吸"))
    out_systolic = _sign(_("出发时收缩压"))
    out_diastolic = _sign(_("出发时舒张压"))
    out_oxygen = _sign(_("出发时血氧饱和度"))
    situation = models.CharField(_("现状"), max_length=500, blank=True)
    background = models.CharField(_("背景"), max_length=500, blank=True)
    assessment = models.CharField(_("评估"), max_length=500, blank=True)
    recommendation = models.CharField(_("建议"), max_length=500, blank=True)
    checked = _codes(_("出发前核对"))
    unchecked_note = models.CharField(_("未备项说明"), max_length=300, blank=True)
    items_handed = _codes(_("移交物品"))
    changes = models.SmallIntegerField(_("途中变化"), default=0, editable=False)

    arrived_at = _moment(_("到达时间"))
    signed_at = models.DateTimeField(_("签收时间"), null=True, editable=False)
    signed_by = models.CharField(_("签收人"), max_length=100, blank=True, editable=False)
    items_received = _codes(_("签收物品"))
    differences = models.CharField(_("与移交不符之处"), max_length=500, blank=True)
    in_pulse = _sign(_("到达时脉搏"))
    in_respiration = _sign(_("到达时呼吸"))
    in_systolic = _sign(_("到达时收缩压"))
    in_diastolic = _sign(_("到达时舒张压"))
    in_oxygen = _sign(_("到达时血氧饱和度"))
    encounter_class = models.CharField(
        _("就诊类别"), max_length=12, choices=EncounterClass.choices, blank=True, db_collation="C"
    )
    encounter_number = models.CharField(_("门诊号或住院号"), max_length=40, blank=True)

    turned_back_at = _moment(_("折返时间"))
    other_place = models.CharField(_("实际送达机构"), max_length=120, blank=True)
    other_person = models.CharField(_("接手人"), max_length=60, blank=True)
    end_reason = models.CharField(_("结束原因代码"), max_length=40, blank=True, db_collation="C")
    end_reason_name = models.CharField(_("结束原因"), max_length=120, blank=True)
    traveller = models.UUIDField(null=True, editable=False)
    ended_at = models.DateTimeField(_("结束时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("转运单")
        constraints = [
            models.UniqueConstraint(
                fields=["referral_case"], name="transport_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["traveller"], name="transport_one_traveller", condition=Q(traveller__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True)
                | Q(departed_at__isnull=True)
                | Q(arrived_at__gte=F("departed_at")),
                name="transport_arrives_later",
            ),
        ]

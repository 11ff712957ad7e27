"""The closed lists of a transport. The codes of the mode are those a referral asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLANNED = "planned", _("待出发")
    UNDER_WAY = "under_way", _("在途")
    OVERDUE = "overdue", _("逾期未到")
    ARRIVED = "arrived", _("到达待签收")
    RETURNING = "returning", _("折返中")
    HANDED_OVER = "handed_over", _("已签收")
    RETURNED = "returned", _("已返回")
    ELSEWHERE = "elsewhere", _("已送他处")
    CANCELLED = "cancelled", _("已取消")


FINALS = (State.HANDED_OVER, State.RETURNED, State.ELSEWHERE, State.CANCELLED)
ON_THE_ROAD = (State.UNDER_WAY, State.OVERDUE)
BETWEEN = (*ON_THE_ROAD, State.ARRIVED, State.RETURNING)
"""The states of a patient who has left one hospital and for whom nobody has signed yet: the white period."""


class Mode(models.TextChoices):
    OWN = "own", _("自行前往")
    ACCOMPANIED = "accompanied", _("医护陪同前往")
    AMBULANCE = "ambulance", _("急救车")
    HOSPITAL_CAR = "hospital_car", _("机构转运车")


class EscortedBy(models.TextChoices):
    SENDER = "sender", _("转出机构护送")
    RECEIVER = "receiver", _("转入机构来接")
    EMERGENCY = "emergency", _("急救中心")
    FAMILY = "family", _("患者与家属")


class Consciousness(models.TextChoices):
    ALERT = "alert", _("清醒")
    DROWSY = "drowsy", _("嗜睡")
    CONFUSED = "confused", _("意识模糊")
    STUPOR = "stupor", _("昏睡")
    COMA = "coma", _("昏迷")


class EncounterClass(models.TextChoices):
    OUTPATIENT = "outpatient", _("门诊")
    INPATIENT = "inpatient", _("住院")
    EMERGENCY = "emergency", _("急诊")


class Change(models.TextChoices):
    WORSE = "worse", _("病情加重")
    RESCUED = "rescued", _("途中抢救")
    DIED = "died", _("途中死亡")
    DELAYED = "delayed", _("交通延误")
    BREAKDOWN = "breakdown", _("车辆故障")
    OTHER = "other", _("其他")


TRAVELS = 1 << 12
"""Bit of `Case.flags` of a referral: it has or had a transport, so that those without one are asked nothing."""

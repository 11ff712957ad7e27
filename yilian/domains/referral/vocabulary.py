"""The closed lists of a referral: its states and the answers that need no code system."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a referral stands; docs/adr/0040 says why these and no others."""

    DRAFT = "draft", _("草稿")
    AWAITING_HEAD = "awaiting_head", _("科室待审")
    AWAITING_APPROVAL = "awaiting_approval", _("院内待审")
    SUBMITTED = "submitted", _("已提交")
    RECEIVED = "received", _("已签收")
    AWAITING_INFORMATION = "awaiting_information", _("待补充资料")
    ACCEPTED = "accepted", _("已接收待安排")
    TIME_PROPOSED = "time_proposed", _("待确认时间")
    SCHEDULED = "scheduled", _("已预约")
    ARRIVED = "arrived", _("已到诊")
    IN_TREATMENT = "in_treatment", _("治疗中")
    INTERIM_REPORTED = "interim_reported", _("已阶段反馈")
    AWAITING_FEEDBACK = "awaiting_feedback", _("待反馈")
    IN_FOLLOWUP = "in_followup", _("接续治疗中")
    OUTSIDE = "outside", _("已转网外")
    DECLINED = "declined", _("被拒收")
    NO_SHOW = "no_show", _("爽约")
    ON_HOLD = "on_hold", _("暂停转运")
    CANCELLATION_ASKED = "cancellation_asked", _("撤销待答复")
    COMPLETED = "completed", _("已完成")
    WITHDRAWN = "withdrawn", _("已撤回")
    ABANDONED = "abandoned", _("拒收后终止")
    UNATTENDED = "unattended", _("未到诊终止")
    EXPIRED = "expired", _("逾期未答复")
    LAPSED = "lapsed", _("逾期未到诊")
    FAILED = "failed", _("未能完成")
    ENTERED_IN_ERROR = "entered_in_error", _("误录")


FINALS = (
    State.COMPLETED,
    State.WITHDRAWN,
    State.ABANDONED,
    State.UNATTENDED,
    State.EXPIRED,
    State.LAPSED,
    State.FAILED,
    State.ENTERED_IN_ERROR,
)
BEFORE_SENDING = (State.DRAFT, State.AWAITING_HEAD, State.AWAITING_APPROVAL)
HOLDING = tuple(state for state in State if state not in (*FINALS, *BEFORE_SENDING, State.AWAITING_FEEDBACK))
"""The states in which a referral holds its patient's problem, so that no second one may be sent (docs/adr/0043)."""


class Direction(models.TextChoices):
    UP = "up", _("上转")
    DOWN = "down", _("下转")
    LATERAL = "lateral", _("平转")


class Priority(models.IntegerChoices):
    CRITICAL = 1, _("危急")
    URGENT = 2, _("加急")
    ROUTINE = 3, _("普通")


class Approval(models.TextChoices):
    """Whose approval a referral needs in its own house before it leaves."""

    NONE = "none", _("不须审核")
    HEAD = "head", _("科主任")
    OFFICE = "office", _("转诊职能部门或院领导")
    BOTH = "both", _("科主任、再转诊职能部门或院领导")


class Destination(models.TextChoices):
    NETWORK = "network", _("平台内机构")
    OUTSIDE = "outside", _("平台外机构")


class Transport(models.TextChoices):
    OWN = "own", _("自行前往")
    ACCOMPANIED = "accompanied", _("医护陪同前往")
    AMBULANCE = "ambulance", _("急救车")
    HOSPITAL_CAR = "hospital_car", _("机构转运车")


class ConsentChoice(models.TextChoices):
    AGREE = "agree", _("同意转诊")
    REFUSE = "refuse", _("不同意转诊")


class EncounterClass(models.TextChoices):
    OUTPATIENT = "outpatient", _("门诊")
    INPATIENT = "inpatient", _("住院")
    EMERGENCY = "emergency", _("急诊")


class Outcome(models.TextChoices):
    CURED = "cured", _("治愈")
    IMPROVED = "improved", _("好转")
    UNCHANGED = "unchanged", _("未愈")
    DIED = "died", _("死亡")
    OTHER = "other", _("其他")


class EmergencyKind(models.TextChoices):
    """What a green channel is for; each kind has time points of its own (green/presets.py)."""

    CHEST_PAIN = "chest_pain", _("胸痛")
    STROKE = "stroke", _("卒中")
    TRAUMA = "trauma", _("创伤")
    OTHER = "other", _("其他急危重症")


CONSENT_OUTSTANDING, GREEN_CHANNEL, UNAPPROVED = 1, 2, 4
"""Bits of `Case.flags`: the consent of an emergency is still to be signed; a referral by green channel; one that was
sent in the emergency mode of a consortium before its own house had approved it."""

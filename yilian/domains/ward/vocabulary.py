"""The closed lists of shared wards, rounds and notes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WardState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PROPOSED = "proposed", _("待对方同意")
    IN_FORCE = "in_force", _("合作中")
    DECLINED = "declined", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    ENDED = "ended", _("已终止")
    EXPIRED = "expired", _("已到期")


class RoundState(models.TextChoices):
    PLANNED = "planned", _("待确认")
    CALLED = "called", _("已约定")
    HELD = "held", _("已查房待小结")
    WRITTEN = "written", _("已小结")
    MISSED = "missed", _("未按期查房")
    CANCELLED = "cancelled", _("已取消")


class NoteState(models.TextChoices):
    TO_SEE = "to_see", _("待查房")
    WRITTEN = "written", _("已记录")
    NOT_SEEN = "not_seen", _("未查")


class Way(models.TextChoices):
    ON_SITE = "on_site", _("现场")
    REMOTE = "remote", _("远程")

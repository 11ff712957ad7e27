"""Questions to specialists month by month: how many are asked and answered, and what was made of the advice."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S4

counted(
    "advice.answered", _("答复专家咨询件数"), _("件"), "up", S4.article("3.2.2"),
    Formula("advice", "adviser", "count(where=is_known(first_answered_at))"),
    part_says=_("期内提出、已答复的咨询，计在答复的机构"), frames=("s3-radiation",),
)  # fmt: skip
counted(
    "advice.followed_share", _("咨询意见采纳率"), "%", "none", S4.article("3.2.2"),
    Formula("advice", "asker", 'count(where=use in ["followed", "partly"])', "count(where=is_known(use))"),
    part_says=_("已采纳和部分采纳的"), whole_says=_("期内提出、已登记采纳情况的咨询"), frames=("s3-cooperation",),
    certainty=Certainty.LOCAL,
)  # fmt: skip

"""The numbers of meeting and deciding that a formula can say, month by month: attendance, minutes, tasks."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S0, S4

MECHANISM = ("s3-mechanism",)

counted(
    "governance.attended_share", _("参会率"), "%", "up", S0.article("管理制度 15"),
    Formula("attendance", "institution", "count(where=is_known(signed_at))", "count()"),
    part_says=_("已签到的"), whole_says=_("期内召开的会议应到的单位次"), frames=MECHANISM,
)  # fmt: skip
counted(
    "governance.joint_meetings", _("联席会议召开次数"), _("次"), "up", S4.article("3.3"),
    Formula("meeting", "lead", 'count(where=form == "joint")'),
    part_says=_("期内召开的联席会议"), frames=MECHANISM, help=_("一般每年不少于一次"),
)  # fmt: skip
counted(
    "governance.minutes_share", _("会议纪要完成率"), "%", "up", S0.article("管理制度 15"),
    Formula("meeting", "lead", "count(where=has_minutes)", "count()"),
    part_says=_("纪要已定的"), whole_says=_("期内召开的会议"), frames=MECHANISM, certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "governance.tasks_done_share", _("决议事项完成率"), "%", "up", S0.article("管理制度 11"),
    Formula("assignment", "doer", 'count(where=state == "done")', "count()"),
    part_says=_("已完成的"), whole_says=_("完成期限在期内的交办事项"), frames=MECHANISM, certainty=Certainty.LOCAL,
)  # fmt: skip

"""What governance gives to count: meetings held, who came to them, and what resolutions told members to do."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models import AssignmentState, Form, Reply
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of


def address_of_meeting(row_key: str) -> str:
    """Return where the meeting of an attendance is shown; its key is that of the case and of the institution."""
    return f"/meeting/{row_key.partition(':')[0]}/"


MEETING = facts.add(
    Fact(
        "meeting", _("会议"), (
            Column("form", Kind.CODE, _("会议类型"), choices=words_of(Form)),
            Column("held_on", Kind.DATE, _("召开日期")),
            Column("expected", Kind.INT, _("应到单位（家）")),
            Column("present", Kind.INT, _("实到单位（家）")),
            Column("has_minutes", Kind.BOOL, _("已定纪要")),
        ),
        {"lead": _("牵头单位")}, view="fact_meeting", opens="/meeting/{}/".format,
        help=_("已召开的会议，按召开日期的月份计入"),
    )
)  # fmt: skip

ATTENDANCE = facts.add(
    Fact(
        "attendance", _("参会"), (
            Column("form", Kind.CODE, _("会议类型"), choices=words_of(Form)),
            Column("reply", Kind.CODE, _("答复"), choices=words_of(Reply)),
            Column("signed_at", Kind.MOMENT, _("签到时间")),
            Column("case", Kind.IDENTITY, _("会议")),
        ),
        {"institution": _("参会单位")}, view="fact_attendance", opens=address_of_meeting,
        help=_("一家单位在一次已召开的会议为一行，按召开日期的月份计入；没有签到时间即未到"),
    )
)  # fmt: skip

ASSIGNMENT = facts.add(
    Fact(
        "assignment", _("决议事项"), (
            Column("state", Kind.CODE, _("状态"), choices=words_of(AssignmentState)),
            Column("is_open", Kind.BOOL, _("未办结")),
            Column("until_on", Kind.DATE, _("完成期限")),
        ),
        {"doer": _("承办单位"), "lead": _("牵头单位")}, view="fact_assignment", opens="/assignment/{}/".format,
        help=_("已交办的事项，按完成期限的月份计入"),
    )
)  # fmt: skip

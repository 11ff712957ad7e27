"""The official papers of this domain: the call to a meeting, its minutes, and resolutions."""

from pathlib import Path

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance import printed
from yilian.domains.governance.meeting.case_type import LEAD
from yilian.domains.governance.models import MeetingState as S
from yilian.domains.governance.models import Motion, MotionState, Outcome
from yilian.domains.governance.motion.case_type import LEAD as PROPOSER
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.manuscript import letter
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.wording import Field
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S0, S3, S4

HERE = Path(__file__).parent
LETTER, WORDINGS = HERE / "typst" / "letter.typ", HERE / "wordings"
MEETINGS = S4.article("3.3")
MEETING = Field("会议名称", _("会议的名称"), "第四季度联席会议")
OF_NOTICE = (
    MEETING,
    Field("会议类型", _("联席会议、理事会会议等"), "联席会议"),
    Field("受邀单位", _("受邀的各单位"), "石桥乡卫生院、北岭县人民医院", is_list=True),
    Field("开会时间", _("日期和时刻"), "2026年12月1日09:00"),
    Field("地点", _("地点或会议号"), "行政楼三楼会议室"),
    Field("议程", _("各项议题，每项一段"), "1. 审议年度工作计划（办公室）", is_list=True),
    Field("未办结事项", _("以前决议中未办结的事项，每项一段；没有则略去"), "1. 报送质控数据", is_list=True),
    Field("会议要求", _("会议要求，每行一段"), "请携带季度报表。", is_list=True),
)  # fmt: skip
OF_MINUTES = (
    MEETING,
    Field("参会单位", _("应到的各单位"), "江城市第一人民医院", is_list=True),
    Field("纪要", _("定稿的纪要，每行一段"), "会议审议通过年度工作计划。", is_list=True),
)
OF_RESOLUTION = (
    Field("议题", _("议案的议题"), "设立医疗质量工作组"),
    Field("议案编号", _("议案的编号"), "YA20261101-0001"),
    Field("医联体", _("医联体的名称"), "江城市医疗集团"),
    Field("成员单位", _("计票时的各成员单位"), "石桥乡卫生院", is_list=True),
    Field("计票日期", _("计票的日期"), "2026年11月20日"),
    Field("表决方式", _("记名或无记名"), "记名，一席一票"),
    Field("票数", _("赞成、反对和弃权的票数"), "赞成 4 票，反对 0 票，弃权 0 票"),
    Field("议案内容", _("议案内容，每行一段"), "由各成员单位各派一人组成。", is_list=True),
    Field("修改的参数", _("修改参数的议案：参数、新取值和生效日期"), ""),
    Field("决议事项数", _("决议事项共几项；没有则略去"), "共 1 项"),
    Field("决议事项", _("决议事项、承办单位和期限，每项一段"), "1. 拟订工作规则（市医院，2026年12月31日前）",
          is_list=True),
)  # fmt: skip


def not_passed(case: Case, actor: Actor) -> str:
    """Say that a motion which was not passed makes no resolution."""
    passed = Motion.objects.filter(pk=case.pk, outcome=Outcome.PASSED).exists()
    return "" if passed else now("未通过的议案不形成决议")


for _paper in (
    Paper("meeting.notice", "meeting", _("会议通知"), LETTER, printed.of_notice, "联会〔{year}〕{serial:04d}号",
          (LEAD,), states=(S.CALLED,), lapses_in=(S.CANCELLED,), stamp=_("会议已取消"), manuscript=letter,
          wording=WORDINGS / "notice.txt", fields=OF_NOTICE, cites=(MEETINGS, S0.article("管理制度 15"))),
    Paper("meeting.minutes", "meeting", _("会议纪要"), LETTER, printed.of_minutes, "联纪〔{year}〕{serial:04d}号",
          (LEAD,), states=(S.APPROVED,), manuscript=letter, wording=WORDINGS / "minutes.txt", fields=OF_MINUTES,
          cites=(MEETINGS,)),
    Paper("motion.resolution", "motion", _("决议"), LETTER, printed.of_resolution, "联议〔{year}〕{serial:04d}号",
          (PROPOSER,), states=(MotionState.COUNTED,), unfit=not_passed, manuscript=letter,
          wording=WORDINGS / "resolution.txt", fields=OF_RESOLUTION, cites=(S3.article("11"),)),
):  # fmt: skip
    papers.add(_paper)

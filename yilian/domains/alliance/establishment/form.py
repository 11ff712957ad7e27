"""What an establishment asks."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.models import Centre, Unchanged
from yilian.domains.alliance.models.establishment import ESTABLISHED_KINDS
from yilian.kernel.workflow.flow import Ask
from yilian.registry.models.consortium import Closeness

KIND, MEMBERS, BODIES, CHARTER = _("类型与网格"), _("成员单位"), _("治理结构"), _("章程")
FOR_GRIDS, FOR_NETWORKS = "form=city_group|county_community", "form=telemedicine_network"

FORM = (
    Ask("form", _("类型"), "choice", choices=ESTABLISHED_KINDS, section=KIND),
    Ask("name", _("名称"), max_length=120, section=KIND),
    Ask("grid", _("负责的网格"), "pick", source="grid", section=KIND, when=FOR_GRIDS,
        help=_("每个网格由一个集团或医共体负责")),
    Ask("coverage", _("服务区划"), "regions", section=KIND, when=FOR_NETWORKS),
    Ask("plan", _("建设方案要点"), "longtext", max_length=4000, rows=5, section=KIND),
    Ask("lead_reason", _("牵头资格说明"), "longtext", required=False, max_length=1000, section=KIND, when=FOR_GRIDS,
        help=_("牵头医院不是市级三级公立医院时，说明如何代表辖区医疗水平")),
    Ask("exception_request", _("省级医院牵头的理由"), "longtext", required=False, max_length=1000, section=KIND,
        when=FOR_GRIDS, help=_("省级医院原则上不牵头网格；确需牵头的写明理由，由主管部门决定")),
    Ask("members", _("成员单位"), "institutions", section=MEMBERS, help=_("不含牵头单位")),
    Ask("volunteers", _("已表明自愿参加的社会办机构"), "institutions", required=False, section=MEMBERS),
    Ask("closeness", _("合作形式"), "choice", choices=tuple(Closeness.choices), required=False, section=MEMBERS),
    Ask("is_entrusted", _("实行托管"), "bool", required=False, section=MEMBERS),
    Ask("management_body", _("管理专门机构"), required=False, max_length=120, section=BODIES),
    Ask("centres", _("已设或拟设的管理中心"), "choices", required=False, choices=tuple(Centre.choices), section=BODIES,
        when=FOR_GRIDS),
    Ask("centres_plan", _("其余中心的安排"), "longtext", required=False, max_length=1000, section=BODIES,
        when=FOR_GRIDS, help=_("五个管理中心未全部设置时填写")),
    Ask("unchanged", _("保持不变"), "choices", required=False, choices=tuple(Unchanged.choices), section=BODIES),
    Ask("unchanged_note", _("有变化的说明"), "longtext", required=False, max_length=1000, section=BODIES),
    Ask("charter_on", _("章程通过日期"), "date", required=False, section=CHARTER,
        help=_("章程或协议全文作为附件上传")),
    Ask("charter_gist", _("章程要点"), "longtext", required=False, max_length=4000, section=CHARTER,
        help=_("责任、权利、义务，功能定位与利益共享")),
)  # fmt: skip

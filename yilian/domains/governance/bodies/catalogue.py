"""The kinds of bodies with their duties, the words for their positions, and the articles that want them."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models.body import BodyKind as K
from yilian.domains.governance.models.body import Position
from yilian.kernel.registries.words import Words
from yilian.kernel.rules.regulation import Citation
from yilian.registry.models.consortium import ConsortiumKind as C
from yilian.registry.regulations import S0, S1, S2, S3, S4


class Tier(StrEnum):
    """Where a body stands in the chart, from above."""

    DECIDING = "deciding"
    COORDINATING = "coordinating"
    WORKING = "working"
    CENTRE = "centre"


TIERS = (
    (Tier.DECIDING, _("决策机构")),
    (Tier.COORDINATING, _("协调机构")),
    (Tier.WORKING, _("专门工作组织")),
    (Tier.CENTRE, _("管理中心")),
)


@dataclass(frozen=True)
class BodyType:
    """`wanted_in` are the kinds of consortia whose rules want this body; `unifies` is what a centre unifies."""

    kind: K
    tier: Tier
    duties: Words
    cites: tuple[Citation, ...]
    titles: tuple[Words, Words, Words] = (_("主任"), _("副主任"), _("成员"))
    unifies: Words = ""
    wanted_in: frozenset[str] = field(default_factory=frozenset)

    @property
    def title(self) -> str:
        return str(self.kind.label)

    def position(self, key: str) -> str:
        """Return what a position is called in this body."""
        return str(dict(zip(Position.values, self.titles, strict=True))[key])


COUNCIL, GROUP, COMMITTEE = (
    (_("理事长"), _("副理事长"), _("理事")),
    (_("组长"), _("副组长"), _("组员")),
    (_("主任委员"), _("副主任委员"), _("委员")),
)
EVERY = frozenset(C.values)
GRID, ALLIANCE = frozenset((C.CITY_GROUP, C.COUNTY_COMMUNITY)), frozenset((C.SPECIALTY_ALLIANCE,))
CENTRES = (S2.article("2.1.3"), S0.article("摘编 4"))

CATALOGUE = {
    one.kind: one
    for one in (
        BodyType(K.COUNCIL, Tier.DECIDING, _("最高议事机构：制定章程、发展规划和各项制度，确定组织架构与管理形式。"),
                 (S3.article("11"),), COUNCIL, wanted_in=ALLIANCE),
        BodyType(K.COMMITTEE, Tier.DECIDING, _("制定管理制度，协调成员单位，解决问题和纠纷，定期监督评估成员单位。"),
                 (S0.article("范本二 2.1"), S0.article("范本二 3.4"), S0.article("模版 7"), S0.article("模版 8"),
                  S0.article("模版 9")),
                 COMMITTEE),
        BodyType(K.LEADING, Tier.DECIDING,
                 _("由各成员单位领导组成，规划和组织实施建设工作，审批重大事项，审议合作项目。"),
                 (S0.article("范本二 2.2"), S0.article("管理制度 10"), S0.article("范本二 4.2"),
                  S0.article("要目 1")), GROUP, wanted_in=GRID),
        BodyType(K.OFFICE, Tier.COORDINATING,
                 _("设在牵头单位：办理日常事务，沟通协调成员单位，收集分析数据，筛选合作项目。"),
                 (S3.article("12"), S0.article("范本二 2.3"), S0.article("管理制度 11"), S0.article("管理制度 7"),
                  S0.article("五篇 二.1")), wanted_in=EVERY),
        BodyType(K.DISPUTES, Tier.COORDINATING, _("及时解决合作中的分歧和争端，保障各成员单位的权益。"),
                 (S0.article("管理制度 8"), S0.article("范本二 2.1")), GROUP, wanted_in=EVERY),
        BodyType(K.ASSESSMENT, Tier.WORKING, _("制定综合绩效考核方案并组织实施；办公室设在牵头医院医务部门。"),
                 (S4.article("3.1"),), GROUP, wanted_in=frozenset((C.CITY_GROUP,))),
        BodyType(K.QUALITY, Tier.WORKING, _("医疗质量管理：制定标准，检查、评价并持续改进。"),
                 (S0.article("管理制度 12"), S0.article("五篇 3")), GROUP, wanted_in=EVERY),
        BodyType(K.SERVICE, Tier.WORKING, _("医疗服务：统一服务规范和流程，改善患者体验。"),
                 (S0.article("管理制度 12"),), GROUP, wanted_in=EVERY),
        BodyType(K.SAFETY, Tier.WORKING, _("医疗安全：识别和防控风险，处置安全事件。"), (S0.article("管理制度 12"),),
                 GROUP, wanted_in=EVERY),
        BodyType(K.RESEARCH, Tier.WORKING, _("医疗科研：组织协作研究和学术交流。"), (S0.article("管理制度 12"),), GROUP,
                 wanted_in=EVERY),
        BodyType(K.INFECTION, Tier.WORKING, _("院感质控：监测、预警、分析、考核、评估和反馈。"),
                 (S1.article("5"),), GROUP,
                 wanted_in=frozenset((C.COUNTY_COMMUNITY,))),
        BodyType(K.EMERGENCY, Tier.WORKING, _("急诊质控：监测、预警、分析、考核、评估和反馈。"),
                 (S1.article("5"),), GROUP,
                 wanted_in=frozenset((C.COUNTY_COMMUNITY,))),
        BodyType(K.OTHER, Tier.WORKING, _("按成立决定确定的职责开展工作。"), (S0.article("管理制度 12"),), GROUP),
        BodyType(K.STAFF, Tier.CENTRE, _("按岗位统一管理人员。"), (*CENTRES, S0.article("摘编 3")),
                 unifies=_("行政管理；人员招聘、培训与调配"), wanted_in=GRID),
        BodyType(K.FINANCE, Tier.CENTRE, _("统筹财务管理，主动控制运行成本。"), CENTRES,
                 unifies=_("基础建设、物资采购和设备配置"), wanted_in=GRID),
        BodyType(K.PUBLIC_HEALTH, Tier.CENTRE, _("统筹公共卫生任务。"), CENTRES,
                 unifies=_("公共卫生服务"), wanted_in=GRID),
        BodyType(K.INFORMATION, Tier.CENTRE, _("统筹信息化建设与数据。"), CENTRES,
                 unifies=_("信息系统"), wanted_in=GRID),
        BodyType(K.LOGISTICS, Tier.CENTRE, _("统筹后勤保障。"), CENTRES, unifies=_("后勤服务"), wanted_in=GRID),
    )
}  # fmt: skip

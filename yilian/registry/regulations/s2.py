"""S2: Zhejiang's plan for city medical consortia: grids, governance, shared management centres."""

from datetime import date

from yilian.kernel.rules.regulation import Article, Regulation, regulations

OVERALL, TASKS = "一、总体要求", "二、主要任务"

ARTICLES = (
    Article(
        "1.1",
        "一（一）",
        "指导思想：落实定位、提升能力、完善双向转诊，形成分工协作的整合型服务体系。",
        OVERALL,
        binds=False,
    ),
    Article("1.2.1", "一（二）1", "政府主导、统一规划，按网格布局建设。", OVERALL, binds=False),
    Article("1.2.2", "一（二）2", "各机构定位清楚，牵头医院辐射技术、带动全体，资源共建共享。", OVERALL, binds=False),
    Article("1.2.3", "一（二）3", "三医联动，保公益、保积极性、保持续，逐步做到同质。", OVERALL, binds=False),
    Article(
        "1.3", "一（三）", "到 2025 年网格全覆盖，成为服务、责任、利益、管理的共同体，成员能力与区域需求相配。", OVERALL
    ),
    Article(
        "2.1.1",
        "二（一）1",
        "没有县域医共体的市辖区划成网格，每格由市级三级公立或能代表辖区水平的医院牵头；中医、妇幼可牵头；社会办自愿参加；省级医院一般不牵头网格。",
        TASKS,
    ),
    Article(
        "2.1.2",
        "二（一）2",
        "办医主体、法人、财政投入、机构和人员性质、基本功能一般不变；设专门管理机构，统管重大事项；订章程写明责权利、功能定位与利益共享。",
        TASKS,
    ),
    Article(
        "2.1.3",
        "二（一）3",
        "设人力资源、财务、公共卫生、信息、后勤五个管理中心，逐步统一管理，统筹采购与设备，控制成本。",
        TASKS,
    ),
    Article("2.2", "二（二）", "原文未得：只有标题，讲资源整合共享与上下贯通。", TASKS, is_known=False),
)

S2 = regulations.add(
    Regulation(
        key="S2",
        title="浙江省城市医疗联合体建设工作方案（试行）",
        short_title="城市医联体方案",
        issuer="浙江省卫生健康委员会",
        issued_on=date(2020, 12, 30),
        articles=ARTICLES,
        missing="二（二）的正文及其后各部分",
        note="施行日期，原文未得。",
    )
)

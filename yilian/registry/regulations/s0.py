"""S0: a collection of national measures and model rules; every document in it is a part with its own articles."""

from yilian.kernel.rules.regulation import Article, Regulation, regulations
from yilian.registry.regulations.s0_models import MODEL_ARTICLES

NATIONAL = "医疗联合体管理办法（试行）"
EXCERPT = "医疗联合体管理办法（试行）（摘编）"
SYSTEM = "医联体合作管理制度"
GENERAL, BODIES, COOPERATION = "第一章 总则", "第二章 组织结构", "第三章 合作管理"

SYSTEM_ARTICLES = (
    Article("管理制度 1", "第一条", "制定目的：整合资源、提高质量、促进协同、依法合作。", GENERAL, SYSTEM, binds=False),
    Article("管理制度 2", "第二条", "适用于医联体内各类成员机构的管理与协调。", GENERAL, SYSTEM, binds=False),
    Article("管理制度 3", "第三条", "组织形式可以整合资产、服务或资源，须依法确立。", GENERAL, SYSTEM),
    Article("管理制度 4", "第四条", "合作讲共赢、互利、诚信、合法。", GENERAL, SYSTEM, binds=False),
    Article("管理制度 5", "第五条", "成员守法、守职业道德、尽社会责任。", GENERAL, SYSTEM, binds=False),
    Article("管理制度 6", "第六条", "成员加强协作，让资源配置和服务更好。", GENERAL, SYSTEM, binds=False),
    Article("管理制度 7", "第七条", "定明协作目标与内容，建合作机制与管理机构，保障质量安全。", GENERAL, SYSTEM),
    Article("管理制度 8", "第八条", "设纠纷解决机构，及时化解分歧，保护成员权益。", GENERAL, SYSTEM),
    Article("管理制度 9", "第九条", "设领导机构与协调机构，写明各自职责。", BODIES, SYSTEM),
    Article("管理制度 10", "第十条", "领导机构定战略、批大事、协调成员。", BODIES, SYSTEM),
    Article("管理制度 11", "第十一条", "协调机构管日常协作，落实领导机构的要求，推进合作计划。", BODIES, SYSTEM),
    Article("管理制度 12", "第十二条", "设质量、服务、安全、科研等工作组织，分管具体事务。", BODIES, SYSTEM),
    Article(
        "管理制度 13",
        "第十三条",
        "成员服从领导与协调机构的管理并配合（句尾原文未得）。",
        BODIES,
        SYSTEM,
        is_known=False,
    ),
    Article("管理制度 14", "第十四条", "订合作协议，写明权责、内容、期限与分工。", COOPERATION, SYSTEM),
    Article("管理制度 15", "第十五条", "设联络会议制度并定期开会，总结经验、找问题、出办法。", COOPERATION, SYSTEM),
)

NATIONAL_ARTICLES = (
    Article(
        "国办法 1",
        "第一条",
        "制定目的：规范医联体、助力分级诊疗、从治病转向健康；依据国务院办公厅两份文件。",
        "第一章 总则",
        NATIONAL,
        binds=False,
    ),
    Article(
        "国办法 2",
        "第二条",
        "医联体至少包括四种：城市医疗集团、县域医共体、专科联盟、远程医疗协作网。",
        "第一章 总则",
        NATIONAL,
    ),
    Article(
        "国办法 3",
        "第三条",
        "城市医疗集团与县域医共体由政府主导、按网格管理；专科联盟与远程协作网以行业组织或机构自主组建为主、主管部门指导；调动社会办医参与。",
        "第一章 总则",
        NATIONAL,
    ),
)

EXCERPT_ARTICLES = (
    Article(
        "摘编 1",
        "摘编第1项",
        "集团与医共体设影像、检验、病理、消毒供应等共享中心，为各成员提供同质服务。",
        "资源共享",
        EXCERPT,
    ),
    Article("摘编 2", "摘编第2项", "在保质量的前提下，不同级别类别的成员之间互认检查检验结果。", "资源共享", EXCERPT),
    Article("摘编 3", "摘编第3项", "集团与医共体按岗位管人，逐步统一招聘、培训、调配。", "人员与多点执业", EXCERPT),
    Article(
        "摘编 4",
        "摘编第4项",
        "整合设置公卫、财务、人力、信息、后勤管理中心，统筹基建、采购与设备，控制成本。",
        "统一管理",
        EXCERPT,
    ),
    Article(
        "摘编 5",
        "摘编第5项",
        "以人民健康为中心，优质资源下沉，防、治、管结合，逐步同质。",
        "建设原则",
        EXCERPT,
        binds=False,
    ),
    Article(
        "摘编 6",
        "摘编第6项",
        "国家卫健委管全国政策与监督；县级以上主管部门规划、实施、监督本辖区的医联体。",
        "支持与管理",
        EXCERPT,
    ),
    Article("摘编 7", "摘编第7项", "鼓励传染病、精神专科医院进入网格，带动救治能力。", "支持与管理", EXCERPT),
    Article("摘编 8", "摘编第8项", "社会办机构自愿参加，受鼓励。", "支持与管理", EXCERPT),
    Article(
        "摘编 9",
        "摘编第9项",
        "一个网格一般只由一家集团或医共体负责，为居民提供从预防到康复的连续服务。",
        "服务范围",
        EXCERPT,
    ),
    Article(
        "摘编 10",
        "摘编第10项",
        "原文未得：只有“专科联盟和远程医疗协作网”这一标题。",
        "服务范围",
        EXCERPT,
        is_known=False,
    ),
)

S0 = regulations.add(
    Regulation(
        key="S0",
        title="医联体管理办法合集",
        short_title="医联体办法合集",
        issuer="国家卫生健康委、国家中医药管理局（管理办法）；其余为汇编范本",
        issued_on=None,
        articles=NATIONAL_ARTICLES + EXCERPT_ARTICLES + SYSTEM_ARTICLES + MODEL_ARTICLES,
        missing="国家办法第四条及其后各条、合作管理制度第十五条之后、其余范本的缺段",
        note="国家办法 2020 年 7 月 9 日印发，2020 年 8 月 1 日起施行；汇编范本没有发文机关与日期。",
    )
)

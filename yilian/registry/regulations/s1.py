"""S1: how a county community manages clinical work: quality, safety, disciplines, training."""

from yilian.kernel.rules.regulation import Article, Regulation, regulations

GENERAL, QUALITY, SAFETY, DISCIPLINE, TEACHING = (
    "第一章 总则",
    "第二章 医疗质量控制",
    "第三章 医疗安全防范",
    "第四章 学科建设",
    "第五章 科研教学",
)

ARTICLES = (
    Article(
        "1", "第一条", "说明目的是医疗同质化，依据质量管理、纠纷预防的法规与区里的医共体方案。", GENERAL, binds=False
    ),
    Article("2", "第二条", "适用于区内两家医共体，妇幼专科联盟参照。", GENERAL, binds=False),
    Article(
        "3",
        "第三条",
        "在牵头医院设医疗业务管理中心，统管督导考核、质控、安全、学科、分级诊疗与科教，并帮成员按人口和病种配资源。",
        GENERAL,
    ),
    Article(
        "4",
        "第四条",
        "医共体对牵头与成员的依法执业和质量负总责；法人代表是第一责任人，成员负责人直接负责，质量考核进其年度考核。",
        QUALITY,
    ),
    Article(
        "5",
        "第五条",
        "中心立质量制度、组质控组织，做监测到反馈的全过程；各科室与成员的质控报告按季发布并附改进意见。",
        QUALITY,
    ),
    Article(
        "6",
        "第六条",
        "中心管医疗技术：准入与自评、技术目录与新项目目录、手术分级和医师权限；成员借力帮扶做出“一院一品”。",
        QUALITY,
    ),
    Article("7", "第七条", "牵头与成员各订质量改进计划和措施，对薄弱处整改。", QUALITY),
    Article("8", "第八条", "区卫健局让各专业质控中心更新区标准并监督医共体照做。", QUALITY),
    Article("9", "第九条", "中心管医疗风险：识别、评估、防控，定期查措施是否落实，及早排除隐患。", SAFETY),
    Article(
        "10",
        "第十条",
        "牵头医院订重大过失与事故预案、无责呈报与快捷处置办法；不良事件定期分析、案例共享，并帮成员化解纠纷。",
        SAFETY,
    ),
    Article(
        "11",
        "第十一条",
        "中心培训全体医务人员法规、规范与职业道德；全员安全教育或法律培训一年至少两次，并定期开安全会议。",
        SAFETY,
    ),
    Article("12", "第十二条", "重点学科与基层特色专科由中心组织申报、日常管理，分级创建、动态管理。", DISCIPLINE),
    Article(
        "13",
        "第十三条",
        "建区域专病中心，争取更高级别学科，形成专病中心、重点学科、特色专科三层布局和人才梯队。",
        DISCIPLINE,
    ),
    Article("14", "第十四条", "学科经费由医共体（含财政补助）投入，专款专用、单独核算。", DISCIPLINE),
    Article(
        "15", "第十五条", "区卫健局每年评比学科：靠前的补助并给医共体加分，靠后的限期整改、暂停或撤销。", DISCIPLINE
    ),
    Article("16", "第十六条", "医教研协同，健全住院医师规范化培训与继续医学教育。", TEACHING),
    Article("17", "第十七条", "中心按类别和层级订培训计划并督促，重三基训练与考核，培养留得住的基层人才。", TEACHING),
    Article("18", "第十八条", "搭科技创新平台，支持多单位合报课题和成果转化，推广基层适宜技术。", TEACHING),
    Article("19", "第十九条", "原文未得：来源文本在本条开头中断。", TEACHING, is_known=False),
)

S1 = regulations.add(
    Regulation(
        key="S1",
        title="医共体管理服务中心医疗业务管理办法（试行）",
        short_title="医共体医疗业务办法",
        issuer="某区医共体管理服务中心（来源文本隐去地名）",
        issued_on=None,
        articles=ARTICLES,
        missing="第十九条自开头起及其后各条",
        note="印发日期与施行日期，原文未得。",
    )
)

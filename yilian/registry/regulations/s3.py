"""S3: how Yinchuan founds, supervises, assesses and dissolves specialty alliances."""

from datetime import date

from yilian.kernel.rules.regulation import Article, Regulation, regulations

GENERAL, FOUNDING, BODIES, WORK, OVERSIGHT, FINAL = (
    "第一章 总则",
    "第二章 设置标准",
    "第三章 组织结构",
    "第四章 活动形式",
    "第五章 监督管理",
    "第六章 附则",
)

ARTICLES = (
    Article(
        "1", "第一条", "说明制定目的与上位文件：自治区关于医联体的实施方案和国家医联体管理办法。", GENERAL, binds=False
    ),
    Article("2", "第二条", "专科联盟：不同区域的机构以专科协作相联结而成的协作组织。", GENERAL, binds=False),
    Article(
        "3", "第三条", "联盟以健康为中心、让优质资源向下流动、防治管结合，逐步做到各家质量一致。", GENERAL, binds=False
    ),
    Article("4", "第四条", "市、县（区）的各级各类专科联盟都受本办法约束。", GENERAL, binds=False),
    Article("5", "第五条", "有专科优势并有区域影响的机构，可按实际与学科需要向卫生健康部门提出设置。", FOUNDING),
    Article(
        "6",
        "第六条",
        "申报的专科一般取二级诊疗科目；一级科目、临床专业科室、临床学科或诊疗中心的名称也可以。",
        FOUNDING,
    ),
    Article("7", "第七条", "联盟名称宜由行政区划、专科名称和“专科联盟”三段组成，并合乎医学规律。", FOUNDING),
    Article("8", "第八条", "按级备案：县（区）内的归县（区），跨县的归市，跨市的或名称带“宁夏”的归自治区。", FOUNDING),
    Article(
        "9",
        "第九条",
        "牵头单位先交申请与可行性报告，获同意后筹建；筹建完再交章程和成员资料，经审核（必要时实地核实）得到是否同意设置的文件。",
        FOUNDING,
    ),
    Article("10", "第十条", "鼓励有临床重点专科、质控中心或诊疗中心的机构牵头组建。", FOUNDING),
    Article(
        "11",
        "第十一条",
        "牵头单位组建理事会作为最高议事机构，定章程、规划与制度；与成员签协议写明责权利。每届四年，一名理事长，副理事长若干。",
        BODIES,
    ),
    Article("12", "第十二条", "牵头单位内设秘书处或办公室，管联盟的日常事务。", BODIES),
    Article(
        "13",
        "第十三条",
        "以专科共建、培训、科研协作等方式落实各家功能定位，让人才、技术、信息有序流动，服务连续。",
        WORK,
    ),
    Article("14", "第十四条", "在数据安全的前提下共享并管好数据，规范地建病例库、样本库，开展多中心研究。", WORK),
    Article("15", "第十五条", "牵头单位细化质量标准，指导成员做好医疗质量管理。", WORK),
    Article("16", "第十六条", "市卫生健康委管理本市专科联盟，督促其照章程办事。", OVERSIGHT),
    Article(
        "17",
        "第十七条",
        "建立考核与动态调整机制，每年考核一次，重点看运行机制、分工协作、资源共享、技术辐射、可持续发展五方面；结果要公布，并用于评审与中心设置。",
        OVERSIGHT,
    ),
    Article("18", "第十八条", "牵头单位定出综合绩效考核办法，定期自评联盟与各成员，用结果改进工作。", OVERSIGHT),
    Article("19", "第十九条", "设置满半年的联盟才考核；不合格给黄牌，连续两年不合格责令解散。", OVERSIGHT),
    Article("20", "第二十条", "因考核被解散的，其牵头单位三年内不能再申请同一专业的联盟。", OVERSIGHT),
    Article("21", "第二十一条", "解释权归市卫生健康委。", FINAL, binds=False),
    Article("22", "第二十二条", "2022 年 5 月 1 日起试行，为期两年。", FINAL, binds=False),
)

S3 = regulations.add(
    Regulation(
        key="S3",
        title="银川市专科联盟管理办法（试行）",
        short_title="专科联盟办法",
        issuer="银川市卫生健康委员会",
        issued_on=date(2022, 4, 25),
        effective_from=date(2022, 5, 1),
        trial_until=date(2024, 4, 30),
        articles=ARTICLES,
        note="来源页面中的城市名已损坏，按索引号 640100 推断为银川市；试行期满后是否延续，原文未得。",
    )
)

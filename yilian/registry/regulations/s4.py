"""S4: the working rules of a city hospital's medical group: admission, plaque, meetings, rights and duties."""

from datetime import date

from yilian.kernel.rules.regulation import Article, Regulation, regulations

STANDARD, PROCEDURE, DUTIES, CHANGES, ANNEX = "3 标准", "6 规程", "7 职责", "8 文件与修改", "附件 挂牌函"

ARTICLES = (
    Article("文头", "文头", "文件每三年修订一次；首版 2023 年 2 月 17 日发行。", "文头"),
    Article("1", "1", "依据四川省关于医联体绩效考核与试点的方案以及德阳市的实施方案。", "1 政策", binds=False),
    Article("2", "2", "让各机构各守定位，完善组织、运营、激励与协作机制，推动资源共享。", "2 目的", binds=False),
    Article(
        "3.1",
        "3.1",
        "设绩效考核工作小组：牵头医院院长任组长、分管领导任副组长，办公室在医务部；负责考核方案的制定与实施。",
        STANDARD,
    ),
    Article("3.2.1", "3.2.1", "管理合作：互派管理人员，帮助成员定规划、立制度、明规范。", STANDARD),
    Article(
        "3.2.2",
        "3.2.2",
        "技术合作：派团队、共建专科、带教、协作科研；双方医院许可后，派出人员可在集团内执业。",
        STANDARD,
    ),
    Article(
        "3.2.3",
        "3.2.3",
        "培训合作：成员来进修和短期学习优先且免费，送培医师优先接收，并按需推荐规培毕业医师。",
        STANDARD,
    ),
    Article(
        "3.2.4",
        "3.2.4",
        "信息合作：探索以电子病历为核心的平台，支撑预约、远程问诊、双向转诊、健康管理与远程监测。",
        STANDARD,
    ),
    Article(
        "3.2.5",
        "3.2.5",
        "转诊合作：为转诊病人开绿色通道、服务不断档，并把诊疗资料交给对方；有条件的可做延伸病房联合查房。",
        STANDARD,
    ),
    Article("3.2.6", "3.2.6", "应急合作：建区域大急救平台与卒中、胸痛、创伤中心，目标是全市一小时急救圈。", STANDARD),
    Article("3.2.7", "3.2.7", "对口支援：按政策派支援人员到成员单位坐诊、带手术、讲课。", STANDARD),
    Article("3.2.8", "3.2.8", "其他合作：影像、检验、消毒供应、后勤等的紧密合作，有条件的可探索托管。", STANDARD),
    Article("3.3", "3.3", "联席会议由牵头医院召集，成员领导与医疗管理部门参加，一般每年不少于一次。", STANDARD),
    Article(
        "4",
        "4",
        "医疗集团：设区的市以上，由三级公立或能力较强的医院牵头、各类机构参加，共享资源、分工协作。",
        "4 定义",
        binds=False,
    ),
    Article("5", "5", "原文此节为空。", "5 指南", is_known=False, binds=False),
    Article("6.1", "6.1", "平等自愿组建；集团不排他，成员可同时参加其他集团。", PROCEDURE),
    Article("6.2", "6.2", "加入集团或专科联盟应同时满足下列六项条件。", PROCEDURE, binds=False),
    Article("6.2.1", "6.2.1", "依法批准设立，并达到医疗机构的基本标准。", PROCEDURE),
    Article("6.2.2", "6.2.2", "民营机构须已独立运营满两年，且未受卫生、医保部门处罚。", PROCEDURE),
    Article("6.2.3", "6.2.3", "有独立的门诊和住院部门，能上下转诊。", PROCEDURE),
    Article("6.2.4", "6.2.4", "有医疗管理部门，落实医疗、护理、院感、药剂管理并对接集团业务。", PROCEDURE),
    Article("6.2.5", "6.2.5", "没有违法采购或使用药品、器械、耗材，也没有未经许可配置大型设备。", PROCEDURE),
    Article("6.2.6", "6.2.6", "没有重大价格或收费违法，没有恶意骗取医保基金。", PROCEDURE),
    Article("7.1", "7.1", "四不变：资产、行政隶属、财政渠道、人员身份都不变；也不妨碍与他人合作。", DUTIES),
    Article("7.2", "7.2", "成员享有下列四项权利。", DUTIES, binds=False),
    Article("7.2.1", "7.2.1", "成员保持独立法人，自主运营与管理。", DUTIES),
    Article(
        "7.2.2", "7.2.2", "在授权内以医联体名义开展业务；书面申请获牵头医院同意后可加挂牌子，专科联盟照此办理。", DUTIES
    ),
    Article("7.2.3", "7.2.3", "成员在集团内共享资源。", DUTIES),
    Article("7.2.4", "7.2.4", "成员可以监督集团工作并提出建议。", DUTIES),
    Article("7.3", "7.3", "成员承担下列三项义务。", DUTIES, binds=False),
    Article("7.3.1", "7.3.1", "爱护集团的声誉与利益。", DUTIES),
    Article("7.3.2", "7.3.2", "成员之间双向转诊。", DUTIES),
    Article("7.3.3", "7.3.3", "团结合作，多沟通，顾大局。", DUTIES),
    Article("8.1", "8.1", "由医务部解释，公布之日起执行。", CHANGES, binds=False),
    Article("附件", "附件", "申请挂牌的机构致函牵头医院，并作出三项承诺。", ANNEX),
    Article("附件.1", "附件第1项", "双方按协议开展医疗、教学、科研合作。", ANNEX),
    Article("附件.2", "附件第2项", "牌子只在集团范围内使用，维护牵头医院的名誉。", ANNEX),
    Article("附件.3", "附件第3项", "分立、合并、解散或破产时主动告知，挂牌授权自行终止并停止使用。", ANNEX),
)

S4 = regulations.add(
    Regulation(
        key="S4",
        title="德阳市人民医院城市医疗集团工作制度",
        short_title="医疗集团制度",
        issuer="德阳市人民医院医务部",
        issued_on=date(2023, 2, 17),
        effective_from=date(2023, 2, 17),
        number="YW-P0-013",
        articles=ARTICLES,
    )
)

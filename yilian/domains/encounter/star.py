"""What members feed: encounters, orders, secondments and surveys. The rows live in the lake; nobody is named in them.

Months are those in which an encounter ended (an out-patient's is the day itself), an order was placed, for a
secondment each month of it, and for a survey the month in which it was made.
"""

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.vocabulary import Asked, Insurance, OrderCategory, Sex, Title, VisitType
from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of

REPORTERS = ("registrar", "office", "quality", "admin")
"""Who may report the care data of their own institution."""
ROW_READERS = (*REPORTERS, "director")
"""Who may read the rows that their own institution reported."""
HERE = {"institution": _("就诊机构")}

ENCOUNTER = facts.add(
    Fact(
        "encounter", _("诊疗人次"), (
            Column("patient", Kind.IDENTITY, _("患者"), help=_("由证件号换算的密文，同一人相同")),
            Column("visit_type", Kind.CODE, _("就诊类别"), choices=words_of(VisitType)),
            Column("start_at", Kind.MOMENT, _("就诊或入院时间")),
            Column("end_at", Kind.MOMENT, _("离院或出院时间")),
            Column("los", Kind.INT, _("住院天数"), help=_("出院日期减入院日期，同日为 1 天；非住院为空")),
            Column("sex", Kind.CODE, _("性别"), choices=words_of(Sex)),
            Column("age", Kind.INT, _("年龄（周岁）")),
            Column("home", Kind.CODE, _("常住地区划"), help=_("六位区划代码")),
            Column("diagnosis", Kind.CODE, _("主要诊断（ICD-10）")),
            Column("is_chronic", Kind.BOOL, _("高血压或糖尿病"), help=_("主要诊断在 I10 至 I15 或 E10 至 E14")),
            Column("surgery_level", Kind.INT, _("手术级别（1 至 4）"), help=_("没有手术为 0")),
            Column("is_day_surgery", Kind.BOOL, _("日间手术")),
            Column("tcm", Kind.BOOL, _("中医药服务")),
            Column("is_family_doctor", Kind.BOOL, _("家庭医生签约居民")),
            Column("insurance", Kind.CODE, _("医保类型"), choices=words_of(Insurance)),
            Column("insured", Kind.BOOL, _("基本医保参保"), help=_("职工医保或城乡居民医保")),
            Column("cost", Kind.INT, _("总费用（分）")),
            Column("drug", Kind.INT, _("药品费（分）")),
            Column("material", Kind.INT, _("卫生材料费（分）")),
            Column("exam", Kind.INT, _("检查检验费（分）")),
            Column("service", Kind.INT, _("医疗服务收入（分）"), help=_("诊察、护理、治疗、手术等劳务性收入")),
            Column("paid", Kind.INT, _("医保基金支付（分）")),
            Column("hai", Kind.BOOL, _("医院感染"), help=_("非住院为空")),
            Column("adverse", Kind.BOOL, _("发生不良事件")),
            Column("adverse_reported", Kind.BOOL, _("不良事件已上报"), help=_("没有不良事件为空")),
            Column("died", Kind.BOOL, _("死亡")),
            Column("is_readmitted", Kind.BOOL, _("31 天内非计划再入院"), help=_("由报送机构判定；非住院为空")),
            Column("is_referred_in", Kind.BOOL, _("由其他机构转入")),
        ),
        HERE, help=_("门诊、急诊、住院各一次为一行，按离院或出院的月份计入"), readers=ROW_READERS,
    )
)  # fmt: skip

ORDER = facts.add(
    Fact(
        "order", _("检查检验"), (
            Column("patient", Kind.IDENTITY, _("患者")),
            Column("category", Kind.CODE, _("类别"), choices=words_of(OrderCategory)),
            Column("item", Kind.CODE, _("项目代码")),
            Column("ordered_at", Kind.MOMENT, _("开单时间")),
            Column("result_at", Kind.MOMENT, _("报告时间")),
            Column("fee", Kind.INT, _("费用（分）")),
            Column("recognisable", Kind.BOOL, _("可互认"), help=_("有他院互认范围内的有效结果")),
            Column("recognised", Kind.BOOL, _("已互认"), help=_("不可互认为空")),
            Column("critical", Kind.BOOL, _("危急值")),
            Column("notified_at", Kind.MOMENT, _("危急值通报时间")),
            Column("handled_at", Kind.MOMENT, _("危急值处置时间")),
        ),
        HERE | {"resulting": _("出报告机构")},
        help=_("一个检查或检验项目为一行，按开单的月份计入"), readers=ROW_READERS,
    )
)  # fmt: skip

SECONDMENT = facts.add(
    Fact(
        "secondment", _("人员下派"), (
            Column("person", Kind.IDENTITY, _("人员"), help=_("由工号换算的密文")),
            Column("title", Kind.CODE, _("职称"), choices=words_of(Title)),
            Column("days", Kind.INT, _("本月在岗天数")),
            Column("since_on", Kind.DATE, _("派驻开始日期")),
            Column("until_on", Kind.DATE, _("派驻结束日期"), help=_("未定为空")),
        ),
        {"institution": _("派出机构"), "host": _("派驻机构")},
        help=_("一名人员在一家机构的一个月为一行"), readers=ROW_READERS,
    )
)  # fmt: skip

SURVEY = facts.add(
    Fact(
        "survey", _("满意度调查"), (
            Column("asked", Kind.CODE, _("调查对象"), choices=words_of(Asked)),
            Column("sent", Kind.INT, _("发放问卷数")),
            Column("returned", Kind.INT, _("收回有效问卷数")),
            Column("satisfied", Kind.INT, _("满意问卷数"), help=_("总体评价为“满意”及以上；问卷与口径待本地核定")),
        ),
        {"institution": _("调查机构")},
        help=_("一家机构一个月对一类人员的一次调查为一行，只有份数，没有答卷"), readers=ROW_READERS,
    )
)  # fmt: skip

FED = (ENCOUNTER, ORDER, SECONDMENT, SURVEY)
"""All that members feed, in the order in which it is offered."""

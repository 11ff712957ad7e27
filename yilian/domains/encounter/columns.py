"""The columns of the files that members feed: Chinese headers for workbooks, names for programs, the same meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.star import ENCOUNTER, FED, ORDER, SECONDMENT, SURVEY
from yilian.domains.encounter.vocabulary import Asked, Insurance, OrderCategory, Sex, Title, VisitType
from yilian.kernel.lake.fact import Fact, words_of
from yilian.kernel.registries.words import Words

TEXT, WHOLE, YES_NO, DAY, MOMENT, MONEY, PLACE, PERSON = (
    "text", "whole", "yes_no", "day", "moment", "money", "place", "person",
)  # fmt: skip
"""Kinds of cells. A place is a unified code or the name of an institution here; of a person only a digest is kept."""


@dataclass(frozen=True)
class FileColumn:
    """One column of a file. `becomes` names the column of the fact when it is another."""

    name: str
    header: Words
    kind: str
    required: bool = False
    wanted: bool = False
    """Not required, but a row without it is incomplete."""
    choices: Mapping[str, Words] = field(default_factory=dict)
    help: Words = ""


KEY = FileColumn(
    "source_key", _("流水号"), TEXT, required=True, help=_("本机构系统中的唯一编号；再次报送同一编号即更正")
)
VOID = FileColumn("is_void", _("作废"), YES_NO, help=_("填“是”则撤回此前报送的这一条"))


def _wanted(name: str, header: Words, kind: str, **rest: object) -> FileColumn:
    return FileColumn(name, header, kind, wanted=True, **rest)


OF_ENCOUNTERS = (
    KEY,
    _wanted("patient", _("证件号码"), PERSON, help=_("只换算为密文，不保存")),
    FileColumn("visit_type", _("就诊类别"), TEXT, required=True, choices=words_of(VisitType)),
    FileColumn("start_at", _("就诊或入院时间"), MOMENT, required=True),
    FileColumn("end_at", _("离院或出院时间"), MOMENT, required=True),
    _wanted("sex", _("性别"), TEXT, choices=words_of(Sex)),
    _wanted("age", _("年龄（周岁）"), WHOLE),
    _wanted("home", _("常住地区划"), TEXT, help=_("六位区划代码")),
    _wanted("diagnosis", _("主要诊断（ICD-10）"), TEXT),
    FileColumn("surgery_level", _("手术级别（1 至 4）"), WHOLE, help=_("没有手术为 0")),
    FileColumn("is_day_surgery", _("日间手术"), YES_NO),
    FileColumn("tcm", _("中医药服务"), YES_NO),
    FileColumn("is_family_doctor", _("家庭医生签约居民"), YES_NO),
    _wanted("insurance", _("医保类型"), TEXT, choices=words_of(Insurance)),
    _wanted("cost", _("总费用（元）"), MONEY),
    FileColumn("drug", _("药品费（元）"), MONEY),
    FileColumn("material", _("卫生材料费（元）"), MONEY),
    FileColumn("exam", _("检查检验费（元）"), MONEY),
    FileColumn("service", _("医疗服务收入（元）"), MONEY),
    FileColumn("paid", _("医保基金支付（元）"), MONEY),
    FileColumn("hai", _("医院感染"), YES_NO),
    FileColumn("adverse", _("发生不良事件"), YES_NO),
    FileColumn("adverse_reported", _("不良事件已上报"), YES_NO),
    FileColumn("died", _("死亡"), YES_NO),
    FileColumn("is_readmitted", _("31 天内非计划再入院"), YES_NO),
    FileColumn("is_referred_in", _("由其他机构转入"), YES_NO),
    VOID,
)
OF_ORDERS = (
    KEY,
    _wanted("patient", _("证件号码"), PERSON, help=_("只换算为密文，不保存")),
    FileColumn("category", _("类别"), TEXT, required=True, choices=words_of(OrderCategory)),
    _wanted("item", _("项目代码"), TEXT),
    FileColumn("ordered_at", _("开单时间"), MOMENT, required=True),
    _wanted("result_at", _("报告时间"), MOMENT),
    FileColumn("resulting", _("出报告机构"), PLACE, help=_("统一社会信用代码或机构名称；空为本机构")),
    _wanted("fee", _("费用（元）"), MONEY),
    FileColumn("recognisable", _("可互认"), YES_NO),
    FileColumn("recognised", _("已互认"), YES_NO),
    FileColumn("critical", _("危急值"), YES_NO),
    FileColumn("notified_at", _("危急值通报时间"), MOMENT),
    FileColumn("handled_at", _("危急值处置时间"), MOMENT),
    VOID,
)
OF_SECONDMENTS = (
    KEY,
    FileColumn("person", _("工号"), PERSON, required=True, help=_("只换算为密文，不保存")),
    _wanted("title", _("职称"), TEXT, choices=words_of(Title)),
    FileColumn("host", _("派驻机构"), PLACE, required=True, help=_("统一社会信用代码或机构名称")),
    FileColumn("on", _("所在月份的第一天"), DAY, required=True),
    FileColumn("days", _("本月在岗天数"), WHOLE, required=True),
    FileColumn("since_on", _("派驻开始日期"), DAY, required=True),
    FileColumn("until_on", _("派驻结束日期"), DAY, help=_("未定为空")),
    VOID,
)
OF_SURVEYS = (
    KEY,
    FileColumn("asked", _("调查对象"), TEXT, required=True, choices=words_of(Asked)),
    FileColumn("on", _("所在月份的第一天"), DAY, required=True),
    _wanted("sent", _("发放问卷数"), WHOLE),
    FileColumn("returned", _("收回有效问卷数"), WHOLE, required=True),
    FileColumn("satisfied", _("满意问卷数"), WHOLE, required=True, help=_("总体评价为“满意”及以上的份数")),
    VOID,
)
FILES: Mapping[str, tuple[FileColumn, ...]] = {
    ENCOUNTER.key: OF_ENCOUNTERS,
    ORDER.key: OF_ORDERS,
    SECONDMENT.key: OF_SECONDMENTS,
    SURVEY.key: OF_SURVEYS,
}
FACTS: Mapping[str, Fact] = {fact.key: fact for fact in FED}

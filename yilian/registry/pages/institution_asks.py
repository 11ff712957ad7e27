"""The questions about institutions, their departments and people."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.flow import Ask
from yilian.registry.models.institution import Affiliation, Ending, Grade, Ownership
from yilian.registry.models.practitioner import Profession, Rank
from yilian.registry.models.standing import SanctionKind

YES_NO = (("True", _("是")), ("False", _("否")))
BASICS, LICENCE, STAFFING = _("基本信息"), _("执业登记"), _("机构设置")
UNKNOWN = _("不清楚请不选")


def _choices(choices: type) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), label) for value, label in choices.choices)  # type: ignore[attr-defined]


def _flag(name: str, title: str | Promise) -> Ask:
    return Ask(name, title, "choice", required=False, choices=YES_NO, section=STAFFING, help=UNKNOWN)


INSTITUTION = (
    Ask("name", _("机构名称"), max_length=120, section=BASICS),
    Ask("short_name", _("简称"), required=False, max_length=40, section=BASICS),
    Ask("unified_code", _("统一社会信用代码"), required=False, max_length=30, section=BASICS, help=_("18位")),
    Ask("region", _("区划"), "region", required=False, section=BASICS),
    Ask("address", _("地址"), required=False, max_length=200, section=BASICS),
    Ask("phone", _("总机"), required=False, max_length=40, section=BASICS),
    Ask("legal_representative", _("法定代表人"), required=False, max_length=60, section=BASICS),
    Ask("ownership", _("所有制"), "choice", required=False, choices=_choices(Ownership), section=BASICS),
    Ask("economic_type", _("经济类型"), "code", required=False, source="economic-type", section=BASICS),
    Ask("affiliation", _("行政隶属"), "choice", required=False, choices=_choices(Affiliation), section=BASICS),
    Ask("founded_on", _("成立日期"), "date", required=False, section=BASICS),
    Ask("latitude", _("纬度"), "decimal", required=False, minimum=-90, maximum=90, section=BASICS),
    Ask("longitude", _("经度"), "decimal", required=False, minimum=-180, maximum=180, section=BASICS),
    Ask("licence_number", _("执业许可证登记号"), required=False, max_length=22, section=LICENCE),
    Ask("licensed_on", _("执业许可日期"), "date", required=False, section=LICENCE),
    Ask("category", _("机构类别"), "code", required=False, source="institution-category", section=LICENCE),
    Ask("grade", _("等级"), "choice", required=False, choices=_choices(Grade), section=LICENCE),
    Ask("beds", _("编制床位"), "int", required=False, minimum=0, maximum=100_000, section=LICENCE),
    Ask("subjects", _("诊疗科目"), "codes", required=False, source="specialty", section=LICENCE),
    _flag("has_outpatient", _("设门诊")),
    _flag("has_inpatient", _("设住院")),
    _flag("has_medical_office", _("医疗管理部门")),
    _flag("has_nursing_office", _("护理管理部门")),
    _flag("has_infection_office", _("院感管理部门")),
    _flag("has_pharmacy_office", _("药剂管理部门")),
)
ENDING = (
    Ask("on", _("终止日期"), "date"),
    Ask("ending", _("终止方式"), "choice", choices=_choices(Ending)),
    Ask("successors", _("承继机构"), "institutions", required=False),
)
SANCTION = (
    Ask("kind", _("种类"), "choice", choices=_choices(SanctionKind)),
    Ask("issued_by", _("作出机关"), max_length=120),
    Ask("issued_on", _("作出日期"), "date"),
    Ask("document_number", _("文号"), required=False, max_length=80),
    Ask("is_major", _("情节重大"), "choice", required=False, choices=YES_NO, help=UNKNOWN),
    Ask("lifted_on", _("解除日期"), "date", required=False),
    Ask("says", _("事由"), "longtext", required=False, max_length=2000),
)
LIFTING = (
    Ask("lifted_on", _("解除日期"), "date", help=_("自当日起不再有效，可填将来的日期")),
    Ask("ground", _("解除依据"), "longtext", max_length=1000, help=_("例如期满、撤销决定或复议文书的名称与文号")),
)
ERROR = (
    Ask("ground", _("误录原因"), "longtext", max_length=1000,
        help=_("标记后这条记录不再影响任何条件，但仍可查阅；应有的处罚请另行登记")),
)  # fmt: skip
ATTESTATION = (
    Ask(
        "conditions",
        _("条件"),
        "choices",
        choices=YES_NO,
        help=_("可一次确认多项；自报的登记事项随之核实，此后变更的须重新确认"),
    ),
    Ask("is_met", _("结论"), "choice", choices=(("True", _("满足")), ("False", _("不满足")))),
    Ask("evidence", _("依据"), "longtext", max_length=2000, help=_("例如查验的证照、文件名称与文号")),
    Ask("on", _("确认日期"), "date"),
)
DEPARTMENT = (
    Ask("name", _("科室名称"), max_length=80),
    Ask("subject", _("诊疗科目"), "code", required=False, source="specialty"),
    Ask("phone", _("联系电话"), required=False, max_length=40),
)
PRACTITIONER = (
    Ask("name", _("姓名"), max_length=60),
    Ask("staff_number", _("工号"), required=False, max_length=20),
    Ask("profession", _("类别"), "choice", choices=_choices(Profession)),
    Ask("title", _("职称"), required=False, max_length=40),
    Ask("rank", _("职称级别"), "choice", required=False, choices=_choices(Rank)),
    Ask("licence_code", _("执业证书编码"), required=False, max_length=15, help=_("15位数字")),
    Ask("is_assistant", _("执业助理"), "choice", required=False, choices=YES_NO),
    Ask("subject", _("执业范围"), "code", required=False, source="specialty"),
    Ask("licensed_on", _("首次注册日期"), "date", required=False),
    Ask("ended_on", _("离职日期"), "date", required=False),
)


def practitioner(departments: Iterable[tuple[int, str]]) -> tuple[Ask, ...]:
    """Return the questions about a practitioner of an institution with these departments."""
    choices = tuple((str(key), name) for key, name in departments)
    department = (Ask("department", _("科室"), "choice", required=False, choices=choices),) if choices else ()
    return (PRACTITIONER[0], *department, *PRACTITIONER[1:])

"""What a fed row must be: rules of completeness, consistency and timeliness, each a condition in SQL that is broken.

The conditions are those of DuckDB over the typed columns of a file, `today` and `due_on` (the last day for the month of
the row); nothing that anybody entered is part of them. Which rules are asked no article lists: docs/adr/0162.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.columns import DAY, FILES, MOMENT, MONEY, PERSON, PLACE, TEXT, WHOLE, YES_NO, FileColumn
from yilian.kernel.registries.words import Words


class Dimension(StrEnum):
    COMPLETE = "complete"
    CONSISTENT = "consistent"
    TIMELY = "timely"


DIMENSIONS = {
    Dimension.COMPLETE: _("完整性"),
    Dimension.CONSISTENT: _("一致性"),
    Dimension.TIMELY: _("及时性"),
}


@dataclass(frozen=True)
class Check:
    """`broken` holds for rows that break the rule; a row that breaks one that `rejects` is not taken in.

    `about` is the header of the column that the sentence is about, where it does not say so itself.
    """

    key: str
    dimension: Dimension
    says: Words
    broken: str
    rejects: bool = True
    about: Words = ""

    @property
    def sentence(self) -> str:
        """What the rule asks, for the person who has to mend the row."""
        return f"{self.about}：{self.says}" if self.about else str(self.says)


def _consistent(key: str, says: Words, broken: str) -> Check:
    return Check(key, Dimension.CONSISTENT, says, broken)


TOO_OLD = _("时间早于平台接收的年限（见参数“接收几年以内的数据”）")
ENCOUNTERS = (
    _consistent("ends_later", _("离院或出院时间应不早于就诊或入院时间"), "end_at < start_at"),
    _consistent("is_past", _("时间应不晚于报送当天"), "end_at >= today + interval 1 day"),
    _consistent("is_recent", TOO_OLD, "end_at < oldest or start_at < oldest"),
    _consistent("age_is_human", _("年龄应在 0 至 130 之间"), "age not between 0 and 130"),
    _consistent(
        "icd_10", _("诊断应为 ICD-10 编码，如 I10 或 J18.9"), "not regexp_full_match(diagnosis, '[A-Z][0-9]{2}.*')"
    ),
    _consistent("home_is_code", _("常住地应为六位区划代码"), "not regexp_full_match(home, '[1-9][0-9]{5}')"),
    _consistent("surgery_levels", _("手术级别应为 0 至 4"), "surgery_level not between 0 and 4"),
    _consistent(
        "money_is_positive", _("费用不得为负数"), "least(cost, drug, material, exam, service, paid) < 0"
    ),
    _consistent(
        "parts_fit", _("药品、材料、检查检验与服务费之和应不大于总费用"),
        "coalesce(drug, 0) + coalesce(material, 0) + coalesce(exam, 0) + coalesce(service, 0) > cost",
    ),
    _consistent("paid_fits", _("医保基金支付应不大于总费用"), "paid > cost"),
    _consistent(
        "in_patients_only", _("医院感染和非计划再入院只对住院填写“是”"),
        "visit_type <> 'inpatient' and (hai or is_readmitted)",
    ),
    _consistent(
        "reported_what_was", _("没有发生不良事件，不能填“已上报”"), "adverse_reported and not coalesce(adverse, false)"
    ),
    _consistent(
        "visit_is_a_day", _("门诊的离院应在就诊的次日之前"),
        "visit_type = 'outpatient' and end_at::date > start_at::date + 1",
    ),
)  # fmt: skip
ORDERS = (
    _consistent("is_past", _("时间应不晚于报送当天"), "ordered_at >= today + interval 1 day"),
    _consistent("is_recent", TOO_OLD, "ordered_at < oldest"),
    _consistent("result_later", _("报告时间应不早于开单时间"), "result_at < ordered_at"),
    _consistent("fee_is_positive", _("费用不得为负数"), "fee < 0"),
    _consistent(
        "recognised_what_was", _("不可互认的项目不能填“已互认”"), "recognised and not coalesce(recognisable, false)"
    ),
    _consistent(
        "critical_only", _("不是危急值，不填通报和处置时间"),
        "not coalesce(critical, false) and (notified_at is not null or handled_at is not null)",
    ),
    _consistent("notified_later", _("危急值通报时间应不早于报告时间"), "notified_at < result_at"),
    _consistent("handled_later", _("危急值处置时间应不早于通报时间"), "handled_at < notified_at"),
)  # fmt: skip
OF_A_MONTH = (
    _consistent("is_past", _("月份应不晚于报送当月"), "\"on\" > today"),
    _consistent("is_recent", TOO_OLD, "\"on\" < oldest"),
    _consistent("first_of_month", _("请填写月份的第一天"), "day(\"on\") <> 1"),
)  # fmt: skip
SECONDMENTS = (
    *OF_A_MONTH,
    _consistent("days_fit", _("在岗天数应在 0 与该月天数之间"), "days < 0 or days > day(last_day(\"on\"))"),
    _consistent("until_later", _("派驻结束日期应不早于开始日期"), "until_on < since_on"),
    _consistent("month_inside", _("该月应在派驻起止日期之间"), "last_day(\"on\") < since_on or \"on\" > until_on"),
    _consistent("goes_elsewhere", _("派驻机构应为其他机构"), "host = institution"),
)  # fmt: skip
SURVEYS = (
    *OF_A_MONTH,
    _consistent("copies_are_positive", _("问卷数不得为负数"), "least(sent, returned, satisfied) < 0"),
    _consistent("returned_fits", _("收回有效问卷数应不大于发放问卷数"), "returned > sent"),
    _consistent("satisfied_fits", _("满意问卷数应不大于收回有效问卷数"), "satisfied > returned"),
)  # fmt: skip
LONGEST, LONGEST_NUMBER = 100, 40
"""Characters of a text, and of the number of a person; longer ones are a column that slipped."""
EXPONENT = "[0-9]([.][0-9]+)?[eE][+][0-9]{2,}"
"""How a spreadsheet writes a long number that it took for a quantity, after dropping its last digits."""
EVER = "date '9999-12-31'"
IN_TWO_PLACES = Check(
    "in_one_place", Dimension.CONSISTENT, _("同一人员的派驻时间与另一派驻机构重叠，请核对"),
    "exists (select 1 from dated o where o.person = typed.person and o.host <> typed.host"
    f" and o.since_on <= coalesce(typed.until_on, {EVER}) and typed.since_on <= coalesce(o.until_on, {EVER})"
    " and not coalesce(o.is_void, false))",
    rejects=False,
)  # fmt: skip
"""Said of every row of somebody who is posted to two institutions at once. It is taken in: it may be shared work."""
LATE = Check("in_time", Dimension.TIMELY, _("报送已过该月的截止日期"), "today > due_on", rejects=False)
TWICE = _consistent("once", _("同一文件中流水号重复"), "times > 1")
ROUNDED = _("被表格软件改写成了科学计数，末几位已丢失；请把该列设为文本后重新填写")
CHOSEN = _("不在列出的选项中")
KINDS = {
    TEXT: _("应为不超过 100 个字符的文本"),
    PERSON: _("应为不超过 40 个字符的号码"),
    WHOLE: _("应为整数"),
    YES_NO: _("应为“是”或“否”"),
    DAY: _("应为日期，如 2026-01-31"),
    MOMENT: _("应为日期和时间，如 2026-01-31 08:30"),
    MONEY: _("应为金额（元），最多两位小数"),
    PLACE: _("平台上没有这家机构"),
}
CONTENTS = KINDS | {TEXT: _("文本"), PERSON: _("文本"), PLACE: _("机构名称或统一社会信用代码")}
"""What a column without choices holds, for whoever fills it in."""
CHECKS = {"encounter": ENCOUNTERS, "order": ORDERS, "secondment": (*SECONDMENTS, IN_TWO_PLACES), "survey": SURVEYS}


def checks_of(fact: str) -> tuple[Check, ...]:
    """Return the rules for the rows of a fact: what its columns ask, its own, and the last day."""
    asked = tuple(check for column in FILES[fact] for check in _of_column(column))
    return (*asked, TWICE, *CHECKS[fact], LATE)


def _of_column(column: FileColumn) -> list[Check]:
    """Return the rules that a cell can be read, and is filled where it is required or wanted."""
    raw, name = f'"raw_{column.name}"', f'"{column.name}"'
    unread = f"{raw} is not null and {name} is null"
    kind = CHOSEN if column.choices else KINDS[column.kind]
    found = [Check(f"{column.name}_is_read", Dimension.CONSISTENT, kind, unread, about=column.header)]
    if column.kind == PERSON or (column.kind == TEXT and not column.choices):
        written = f"regexp_full_match({raw}, '{EXPONENT}')"
        found.append(Check(f"{column.name}_is_whole", Dimension.CONSISTENT, ROUNDED, written, about=column.header))
    if column.required or column.wanted:
        key, empty = f"{column.name}_is_filled", f"{raw} is null"
        found.append(Check(key, Dimension.COMPLETE, _("未填写"), empty, column.required, column.header))
    return found

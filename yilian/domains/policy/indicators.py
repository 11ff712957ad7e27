"""Statements about documents: whether what a framework asks for is in force, and whether members have taken note.

The house sees that a document is out and who confirmed to have read it. Whether it is carried out on the ground is for
whoever assesses (docs/adr/0168); the three grades follow the local scoring sheet.
"""

from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.domains.policy.models import Matter, Policy, PolicyState, Receipt
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Amount, Extent, counted, indicator
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S4
from yilian.registry.shelves import COUNTY, ROWS

STANDING = (PolicyState.IN_FORCE, PolicyState.DUE)
GRADES = (_("未出台"), _("已出台，尚无成员确认阅读"), _("已出台，成员已确认阅读"))
YES_OR_NO = (_("否"), _("是"))
LEVEL = ("consortium",)
UNIFIED = (Matter.STAFF, Matter.FINANCE, Matter.SERVICES, Matter.DRUGS, Matter.INFORMATION)


def documents(extent: Extent, *matters: str) -> QuerySet[Policy]:
    """Return the documents of a consortium on these matters that are in force and came out by the end of the period.

    `is_read`: somebody of another institution than the owner confirmed by then to have read it.
    """
    others = Receipt.objects.filter(case=OuterRef("pk"), at__lt=extent.period.end_at)
    rows = Policy.objects.filter(
        consortium=extent.consortium_id, matter__in=matters, state__in=STANDING, issued_on__lte=extent.period.last
    )
    return rows.annotate(is_read=Exists(others.exclude(institution=OuterRef("owner"))))


def _graded(key: str, title: str | Promise, matter: Matter, **words: Any) -> None:
    @indicator(
        key, title, "", "up", ROWS, theme="statement", level=LEVEL, grades=GRADES, certainty=Certainty.LOCAL,
        is_momentary=True, part_says=_("标明“对应事项”的现行制度文件"), help=_("执行情况以现场考核为准"), **words,
    )  # fmt: skip
    def grade(extent: Extent) -> Amount | None:
        """0 without a document, 1 with one, 2 when somebody of another member has confirmed to have read it."""
        if extent.consortium_id is None or extent.institution_id is not None:
            return None
        rows = documents(extent, matter)
        read = list(rows.values_list("is_read", flat=True))
        return Amount(rows, total=Decimal(bool(read) + any(read)))


_graded("statement.plan", _("医联体建设实施方案出台情况"), Matter.PLAN, frames=("rows-organised", "s3-mechanism"))
_graded("statement.pay", _("与医联体相适应的绩效工资政策"), Matter.PAY, frames=("rows-organised",))
_graded(
    "statement.incentive", _("促进资源整合下沉的考核与激励机制"), Matter.INCENTIVE,
    frames=("rows-organised", "s3-mechanism"),
)  # fmt: skip
_graded(
    "statement.same_quality", _("医疗质量同质化管理制度"), Matter.QUALITY, frames=("rows-cooperation", "s3-cooperation")
)


def _all_of(key: str, title: str | Promise, matters: tuple[Matter, ...], **words: Any) -> None:
    @indicator(
        key, title, "", "up", COUNTY, theme="statement", level=LEVEL, grades=YES_OR_NO, certainty=Certainty.LOCAL,
        is_momentary=True, frames=("county-tight",), **words,
    )  # fmt: skip
    def yes_or_no(extent: Extent) -> Amount | None:
        """1 when a document on each matter is in force and was read by somebody of another member, else 0."""
        if extent.consortium_id is None or extent.institution_id is not None:
            return None
        rows = documents(extent, *matters)
        done = set(rows.filter(is_read=True).values_list("matter", flat=True))
        return Amount(rows, total=Decimal(done >= set(matters)))


_all_of(
    "statement.unified", _("资源统一管理"), UNIFIED,
    part_says=_("人事、财务、业务、药品、信息五项统一管理制度均现行，且各有成员确认阅读"),
    help=_("达标口径为“有明确制度安排并已组织实施”；实施情况以现场考核为准"),
)  # fmt: skip
_all_of(
    "statement.together", _("服务协同联动"), (Matter.COOPERATION,),
    part_says=_("服务协同与双向转诊制度现行，且有成员确认阅读"), help=_("实施情况以现场考核为准"),
)  # fmt: skip

counted(
    "policy.issued", _("制度文件发行件次"), _("件次"), "none", S4.article("文头"),
    Formula("policy", "owner", "count()"), theme="statement", certainty=Certainty.LOCAL,
    part_says=_("发行的第一版和修订版"),
    help=_("指标名称为本系统自拟；每一版按发行或修订的月份计入"),
)  # fmt: skip

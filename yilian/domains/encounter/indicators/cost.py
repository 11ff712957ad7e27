"""What treatment costs and who pays. Money is kept in fen and shown in yuan."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.indicators.service import ABOVE, STAYS, VISITS, over_encounters
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.shelves import COUNTY, USUAL

FEN = 100
YUAN = _("元")

counted(
    "cost.stay", _("参保人在县域内住院人均费用（元）及增长率"), YUAN, "down", COUNTY,
    over_encounters(f"sum(cost, where={STAYS} and insured)", f"count(where={STAYS} and insured)"), over=FEN,
    part_says=_("参保人在已报送机构的住院总费用（分）"), whole_says=_("参保人的出院人次"),
    frames=("county-effect",), help=_("增长率见同比：与上年同期相比"),
)  # fmt: skip
counted(
    "cost.fund_primary_share", _("县域内基层医疗卫生机构医保基金支出占比"), "%", "up", COUNTY,
    over_encounters("sum(paid, where=institution.is_primary)", "sum(paid)"),
    part_says=_("基层医疗卫生机构的医保基金支付（分）"), whole_says=_("全部成员的医保基金支付（分）"), level=ABOVE,
    frames=("county-division",), help=_("只含已报送机构的诊疗，药店不在内"),
)  # fmt: skip
counted(
    "cost.visit", _("次均门急诊费用"), YUAN, "down", USUAL,
    over_encounters(f"sum(cost, where={VISITS})", f"count(where={VISITS} and is_known(cost))"), over=FEN,
    part_says=_("门急诊总费用（分）"), whole_says=_("登记了费用的门急诊人次"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.stay_all", _("次均住院费用"), YUAN, "down", USUAL,
    over_encounters(f"sum(cost, where={STAYS})", f"count(where={STAYS} and is_known(cost))"), over=FEN,
    part_says=_("住院总费用（分）"), whole_says=_("登记了费用的出院人次"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.service_share", _("医疗服务收入占比"), "%", "up", USUAL,
    over_encounters("sum(service)", "sum(cost, where=is_known(service))"),
    part_says=_("医疗服务收入（分）"), whole_says=_("总费用（分）"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.drug_share", _("药品费用占比"), "%", "down", USUAL,
    over_encounters("sum(drug)", "sum(cost, where=is_known(drug))"),
    part_says=_("药品费（分）"), whole_says=_("总费用（分）"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.material_share", _("卫生材料费用占比"), "%", "down", USUAL,
    over_encounters("sum(material)", "sum(cost, where=is_known(material))"),
    part_says=_("卫生材料费（分）"), whole_says=_("总费用（分）"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.exam_share", _("检查检验费用占比"), "%", "down", USUAL,
    over_encounters("sum(exam)", "sum(cost, where=is_known(exam))"),
    part_says=_("检查检验费（分）"), whole_says=_("总费用（分）"), frames=("s3-sustainability",),
)  # fmt: skip
counted(
    "cost.reimbursed_share", _("住院费用实际报销比"), "%", "up", USUAL,
    over_encounters(f"sum(paid, where={STAYS} and insured)", f"sum(cost, where={STAYS} and insured)"),
    part_says=_("参保人住院的医保基金支付（分）"), whole_says=_("参保人住院总费用（分）"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "cost.primary_share", _("基层诊疗费用占比"), "%", "up", USUAL,
    over_encounters("sum(cost, where=institution.is_primary)", "sum(cost)"),
    part_says=_("基层医疗卫生机构的总费用（分）"), whole_says=_("全部成员的总费用（分）"), level=ABOVE,
    certainty=Certainty.LOCAL,
)  # fmt: skip

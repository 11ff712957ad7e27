"""Results of tests that count elsewhere too, and tests that others report on."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.indicators.cost import FEN, YUAN
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S0

RECOGNISED = S0.article("摘编 2")
CENTRES = S0.article("摘编 1")


def over_orders(part: str, whole: str = "") -> Formula:
    """Return a formula over tests, at the institution that ordered them."""
    return Formula("order", "institution", part, whole)


counted(
    "recognition.rate", _("检查检验结果互认率"), "%", "up", RECOGNISED,
    over_orders("count(where=recognisable and recognised)", "count(where=recognisable)"),
    part_says=_("已互认、未重复检查检验的项目"), whole_says=_("有互认范围内有效结果的项目"), frames=("s3-sharing",),
)  # fmt: skip
counted(
    "recognition.laboratory_rate", _("检验结果互认率"), "%", "up", RECOGNISED,
    over_orders(
        'count(where=recognisable and recognised and category == "lab")',
        'count(where=recognisable and category == "lab")',
    ),
    part_says=_("已互认的检验项目"), whole_says=_("可互认的检验项目"), frames=("s3-sharing",),
)  # fmt: skip
counted(
    "recognition.imaging_rate", _("影像检查结果互认率"), "%", "up", RECOGNISED,
    over_orders(
        'count(where=recognisable and recognised and category == "imaging")',
        'count(where=recognisable and category == "imaging")',
    ),
    part_says=_("已互认的影像项目"), whole_says=_("可互认的影像项目"), frames=("s3-sharing",),
)  # fmt: skip
counted(
    "recognition.items", _("互认项次"), _("项次"), "up", RECOGNISED,
    over_orders("count(where=recognisable and recognised)"), part_says=_("期内互认的项目"), frames=("s3-sharing",),
)  # fmt: skip
counted(
    "recognition.spared", _("互认节约费用"), YUAN, "up", RECOGNISED,
    over_orders("sum(fee, where=recognisable and recognised)"), over=FEN,
    part_says=_("已互认项目的费用之和（分）"), frames=("s3-sharing",), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "recognition.recognisable_share", _("可互认项目占比"), "%", "none", RECOGNISED,
    over_orders("count(where=recognisable)", "count()"),
    part_says=_("有互认范围内有效结果的项目"), whole_says=_("全部检查检验项目"), certainty=Certainty.LOCAL,
)  # fmt: skip
counted(
    "recognition.led_reports_share", _("基层检查检验由牵头单位出报告占比"), "%", "up", CENTRES,
    over_orders(
        "count(where=institution.is_primary and resulting.is_lead)",
        "count(where=institution.is_primary and is_known(result_at))",
    ),
    part_says=_("由牵头单位出报告的"), whole_says=_("基层开单且已有报告的项目"), frames=("s3-sharing",),
    certainty=Certainty.LOCAL,
)  # fmt: skip

"""What the regulations leave open or fix with a number that other cities may change."""

from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.registry.regulations import S3, S4

GROUP = _("医联体治理")
NUMBERS = (
    ("alliance.assess_after_months", _("设置满多久可考核"), 6, "mo", S3.article("19")),
    ("alliance.fails_to_dissolve", _("连续几年不合格责令解散"), 2, "a", S3.article("19")),
    ("alliance.ban_years", _("因考核不合格解散后几年内不得再申请同专业"), 3, "a", S3.article("20")),
    ("alliance.council_years", _("理事会每届年限"), 4, "a", S3.article("11")),
    ("alliance.private_years", _("民营机构须独立运营年限"), 2, "a", S4.article("6.2.2")),
    ("alliance.review_years", _("制度文件修订年限"), 3, "a", S4.article("文头")),
    ("alliance.pass_mark", _("年度考核合格分数线"), Decimal(60), _("分"), None),
    ("alliance.filing_review_days", _("设置申请办理时限"), 20, "d", None),
    ("alliance.preparation_days", _("筹建期限"), 180, "d", None),
    ("alliance.materials_review_days", _("筹建资料审核时限"), 20, "d", None),
    ("alliance.admission_days", _("加入申请办理时限"), 15, "d", None),
    ("alliance.plaque_days", _("挂牌申请办理时限"), 15, "d", None),
    ("alliance.self_assessment_days", _("自评提交时限"), 30, "d", None),
    ("alliance.exit_days", _("退出清理时限"), 30, "d", None),
    ("alliance.dissolution_days", _("解散清理时限"), 60, "d", None),
)
for _key, _title, _default, _unit, _cite in NUMBERS:
    parameters.add(Parameter(_key, _title, _default, _unit, cite=_cite, minimum=0, group=GROUP))

for _dimension in DIMENSIONS:
    parameters.add(
        Parameter(
            f"alliance.weight_{_dimension.key}",
            format_lazy(_("年度考核权重：{dimension}"), dimension=_dimension.title),
            Decimal(20),
            "%",
            help=_("第十七条列出五个方面而未定权重；总分按各方面权重的加权平均计算。"),
            minimum=0,
            maximum=100,
            group=GROUP,
        )
    )

parameters.add(
    Parameter(
        "alliance.province_words",
        _("名称含哪些字样由省级备案"),
        "",
        cite=S3.article("8"),
        help=_("多个字样以顿号分隔；留空则取行政区划表中省级区划的名称及其简写。"),
        group=GROUP,
    )
)

"""What is known of institutions when rows are counted at them: the dimension that all facts share."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.lake.fact import Column, Fact, Kind, facts, words_of
from yilian.registry.models.institution import Affiliation, Ownership

INSTITUTION = facts.add(
    Fact(
        "institution", _("机构"), (
            Column("tier", Kind.INT, _("级别（1 至 3）"), help=_("一级、二级、三级；未定级为空")),
            Column("grade", Kind.INT, _("等级（1 至 9）"), help=_("一级丙等为 1，三级甲等为 9")),
            Column("category", Kind.CODE, _("机构类别"), help=_("机构类别代码")),
            Column("is_primary", Kind.BOOL, _("基层医疗卫生机构"),
                   help=_("社区卫生服务机构、乡镇卫生院、门诊部、诊所和村卫生室")),
            Column("is_hospital", Kind.BOOL, _("医院"), help=_("类别为医院或妇幼保健院")),
            Column("is_lead", Kind.BOOL, _("牵头单位"), help=_("目前牵头任一医联体")),
            Column("ownership", Kind.CODE, _("所有制"), choices=words_of(Ownership)),
            Column("affiliation", Kind.INT, _("行政隶属"), choices=words_of(Affiliation)),
            Column("county", Kind.CODE, _("所在县区"), help=_("六位区划代码")),
            Column("city", Kind.CODE, _("所在地市"), help=_("六位区划代码")),
            Column("beds", Kind.INT, _("编制床位（张）")),
        ),
        {"institution": _("机构")}, view="fact_institution", describes_institutions=True,
        opens="/institutions/{}/".format,
    )
)  # fmt: skip

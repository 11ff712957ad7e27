"""The themes of indicators, and the published frameworks that indicators serve."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.shelf import Frame, Theme, frames, themes
from yilian.kernel.rules.regulation import Decision
from yilian.registry.regulations import S3

COUNTY = Decision(
    "docs/adr/0168-what-the-shelf-of-indicators-says-about-itself.md",
    reason=_("紧密型县域医共体监测指标（2024）的名称"),
)
"""The framework of 2024 is known by the names of its indicators; its official formulas were not at hand."""
USUAL = Decision(
    "docs/adr/0169-usual-numbers-without-an-article.md", reason=_("来源文件没有规定、各家医院通用的运行指标")
)
"""Numbers that every hospital reports and no source at hand defines."""
QUALITY = Decision(
    "docs/adr/0169-usual-numbers-without-an-article.md", reason=_("国家质控指标的名称与算式（转录，未得原件）")
)
"""National indicators of quality control as others have transcribed them."""
ROWS = Decision(
    "docs/adr/0168-what-the-shelf-of-indicators-says-about-itself.md",
    reason=_("医联体综合绩效考核的地方细则，仅得前八项"),
)
S3_DIMENSIONS = (
    ("s3-mechanism", _("运行机制")),
    ("s3-cooperation", _("分工协作")),
    ("s3-sharing", _("资源共享")),
    ("s3-radiation", _("技术辐射")),
    ("s3-sustainability", _("可持续发展")),
)
COUNTY_DIMENSIONS = (
    ("county-tight", _("紧密型")),
    ("county-same", _("同质化")),
    ("county-division", _("促分工")),
    ("county-effect", _("提效能")),
    ("county-health", _("保健康")),
)

for _key, _title in (
    ("referral", _("双向转诊")),
    ("emergency", _("急救与绿色通道")),
    ("inpatient", _("住院与下转")),
    ("advice", _("专家咨询")),
    ("ward", _("延伸病房与联合查房")),
    ("transport", _("转运")),
    ("capacity", _("资源")),
    ("records", _("病历调阅")),
    ("alliance", _("组织与参加")),
    ("statement", _("制度与机制")),
    ("staff", _("人员下沉")),
    ("service", _("服务量与分工")),
    ("recognition", _("检查检验互认")),
    ("quality", _("医疗质量与安全")),
    ("infection", _("医院感染")),
    ("cost", _("费用与基金")),
    ("health", _("健康管理")),
    ("satisfaction", _("满意度")),
    ("agreement", _("协议与履约")),
    ("governance", _("议事与会议")),
    ("network", _("系统使用")),
    ("support", _("报障与求助")),
    ("local", _("医联体自定")),
):
    themes.add(Theme(_key, _title))

for _key, _title in S3_DIMENSIONS:
    frames.add(Frame(_key, _("专科联盟考核五维"), _title, S3.article("17")))
for _key, _title in COUNTY_DIMENSIONS:
    frames.add(Frame(_key, _("紧密型县域医共体监测（2024）"), _title, COUNTY))
frames.add(Frame("rows-organised", _("医联体综合绩效考核"), _("组织实施"), ROWS))
frames.add(Frame("rows-cooperation", _("医联体综合绩效考核"), _("分工协作"), ROWS))

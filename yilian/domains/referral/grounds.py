"""What the rules of referrals lean on where no article of the source documents says it."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.regulation import Decision

TABLE = Decision(
    "docs/adr/0040-one-table-carries-a-referral-from-both-sides.md", _("转诊流程约定：每一步由一方办理并留痕")
)
CONSENT = Decision(
    "docs/adr/0041-consent-comes-before-sending-and-in-an-emergency-after.md",
    _("转诊知情同意约定：先告知并取得同意，急诊可先救治后补签"),
)
INSIDE_FIRST = Decision(
    "docs/adr/0042-the-own-consortium-comes-first.md",
    _("转诊去向约定：优先医联体内机构，转往其他机构须先对接"),
)
ENDING = Decision(
    "docs/adr/0044-a-death-ends-what-has-not-begun.md",
    _("死亡与终止约定：患者死亡即关闭其未开始的安排，已在诊治的由诊治机构写明结果"),
)
APPROVING = Decision(
    "docs/adr/0132-a-house-says-whose-approval-its-referrals-need.md",
    _("院内审核约定：由谁审核按方向和紧急程度设定，审核中的单据按提交时的设置"),
)
EMERGENCY = Decision(
    "docs/adr/0131-in-an-emergency-approval-follows-the-patient.md",
    _("绿色通道与应急模式约定：先救治、先转诊，院内审核事后限期补办"),
)
ONE_OPEN = Decision(
    "docs/adr/0043-one-open-referral-for-a-patient-and-problem.md",
    _("转诊唯一约定：同一患者同一问题只有一张未结束的转诊单"),
)

"""Whether promises are kept, as a number: clauses found kept, of those for which there are records."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import counted
from yilian.registry.regulations import S0

counted(
    "agreement.kept_share", _("协议条款履行率"), "%", "up", S0.article("管理制度 14"),
    Formula(
        "clause_check", "institution", 'count(where=verdict == "kept")',
        'count(where=verdict in ["kept", "broken"])',
    ),
    part_says=_("已履行的"), whole_says=_("期间止在期内、有记录可判断的条款"), frames=("s3-mechanism",),
    help=_("无数据和未到期的条款不计"),
)  # fmt: skip

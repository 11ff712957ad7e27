"""What must hold of the indications that a case names."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.indications.naming import conditions_beside
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.rule import Verdict, rule

DECISION = Decision(
    "docs/adr/0091-indications-are-named-not-computed.md", reason=_("由医师判断是否转诊，指征只作依据记入")
)


@rule(_("所用的转诊指征应与转诊方向一致"), cite=DECISION)
def indications_fit_the_direction(case) -> Verdict:
    strange = conditions_beside(case, getattr(case, "direction", ""))
    return Verdict(not strange, "；".join(strange))

"""How long each part of a dispute takes: S0 wants disputes settled in time and says no number."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("纠纷调解")


def _days(key: str, title: object, days: int) -> str:
    return parameters.add(Parameter(f"dispute.{key}", title, days, "d", minimum=1, maximum=365, group=GROUP)).key


ACCEPT_DAYS = _days("accept_days", _("决定是否受理的期限"), 5)
REPLY_DAYS = _days("reply_days", _("答辩期限"), 10)
MEDIATION_DAYS = _days("mediation_days", _("调解期限"), 60)
PROPOSAL_DAYS = _days("proposal_days", _("答复调解方案的期限"), 15)
DECISION_DAYS = _days("decision_days", _("作出决定的期限"), 30)

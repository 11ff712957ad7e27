"""The four tables about the network: what each is called, what makes its lines, and the indicators of its columns."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.reports.network import leagues

READERS = ("office", "director", "quality", "authority")
"""Who looks at the running of the network."""
MOST = "_most"
"""Ends the key of the indicator with the ninth decile beside the one with the median."""
MEMBERS = tuple(key for key, _column in leagues.TAKING_PART)
HOPS = tuple(f"referral.hours_to_{hop}" for hop in leagues.HOPS)
QUALITY = tuple(key for key, _column in leagues.QUALITY)
SHORT = {
    "network.logged_in_lately": _("近期登录"), "network.never_logged_in": _("从未登录"), "network.steps": _("办理"),
    "referral.unanswered_late": _("逾期未答复"), "network.not_acted_on": _("逾期无人办理"),
    "capacity.figures_out_of_date": _("资源数过时"),
    "referral.hours_to_seen": _("发出到签收"), "referral.hours_to_accepted": _("签收到接收"),
    "referral.hours_to_arrived": _("接收到到诊"), "referral.hours_to_answered": _("到诊到反馈"),
}  # fmt: skip
"""What columns are called where the title of the indicator is long; hops hold the median and the ninth decile."""


@dataclass(frozen=True)
class Table:
    """One table."""

    title: str | Promise
    make: Callable[[leagues.Extent], list[leagues.Line]]
    columns: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """The indicators of the table, each hop with its ninth decile."""
        return [one for key in self.columns for one in ((key, key + MOST) if key in HOPS else (key,))]


TABLES = {
    "members": Table(_("成员参与"), leagues.taking_part, MEMBERS),
    "hops": Table(_("各环节用时"), leagues.hops, (*HOPS, *QUALITY)),
    "services": Table(_("各服务用时"), leagues.hops_of_services, (*HOPS, *QUALITY)),
    "reasons": Table(_("拒收原因"), leagues.reasons, ("referral.refusals",)),
}

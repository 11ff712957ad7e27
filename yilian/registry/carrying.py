"""What of the registry carries articles out: kinds of clauses, and checks of conduct."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.regulation import Ground
from yilian.registry.clauses import clause_kinds
from yilian.registry.suspicions import checks


def clauses_and_checks() -> Iterator[tuple[Ground | None, Carrier]]:
    """Yield each kind of clause, a text where nothing proves or reads it, and each check of conduct."""
    for kind in clause_kinds:
        is_text = kind.check is None and not kind.topic
        where = str(kind.help) or (_("按记录核对履行情况") if kind.check else "")
        yield kind.cite, Carrier(_("条款种类"), "violet", str(kind.title), where, is_text=is_text)
    for check in checks:
        yield check.cite, Carrier(_("行为核查"), "warning", str(check.title), _("考核时提示"))

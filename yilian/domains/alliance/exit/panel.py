"""What still stands in the way of leaving, named one by one."""

from typing import Any

from yilian.domains.alliance.exit.rules import LEAVING, leaving_day_is_possible
from yilian.domains.alliance.models import Exit
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import evaluate

SETTLED = tuple(item for item in LEAVING if item is not leaving_day_is_possible)


def settlement(exit_: Exit, actor: Actor) -> dict[str, Any] | None:
    """Return each thing to settle and what is open about it, as far as the reader sees it; none when it is over."""
    if not exit_.open or exit_.consortium is None:
        return None
    open_ones = {item.rule.key: item for item in evaluate(SETTLED, exit_)}
    return {"lines": [{"rule": item, "broken": open_ones.get(item.key)} for item in SETTLED]}

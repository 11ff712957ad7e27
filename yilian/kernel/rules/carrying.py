"""What carries an article out: any part of the house says here which of its things do, for the article's page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yilian.kernel.rules.regulation import Ground


@dataclass(frozen=True)
class Carrier:
    """One thing that carries an article out; `tone` colours its kind.

    `is_text`: it only says what the article says, such as the duties of a body or a clause that parties may adopt;
    nothing in the house asks, counts or waits for it.
    """

    kind: str
    tone: str
    title: str
    where: str = ""
    address: str = ""
    is_text: bool = False


Source = Callable[[], Iterator[tuple[Ground | None, Carrier]]]
sources: list[Source] = []
"""What floors above the kernel add: each yields what cites an article, in the reader's language."""

"""Which institution belonged to which consortium in which month, and which institutions there are."""

from collections.abc import Callable, Sequence

Members = Callable[[int, int], Sequence[tuple[int, int, int]]]
"""From the first to the last month (yyyymm): (institution, consortium, month) of every membership."""
Institutions = Callable[[], Sequence[int]]
"""The institutions of which numbers are kept: those that treat people."""


class Belonging:
    """What whoever keeps the nouns has to say to the numbers."""

    def __init__(self) -> None:
        self.members: Members = lambda first, last: ()
        self.institutions: Institutions = tuple

    def told_by(self, *, members: Members, institutions: Institutions) -> None:
        """Take both from those who know."""
        self.members, self.institutions = members, institutions


belonging = Belonging()

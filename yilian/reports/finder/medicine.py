"""Whether a place has the medicines a patient goes home with: asked of whoever knows, unknown while nobody does."""

from collections.abc import Callable, Mapping

Stock = Callable[[set[int], set[str]], Mapping[tuple[int, str], bool]]
"""From institutions and names of medicines to what is known: (institution, name) → whether it is at hand."""
stocks: list[Stock] = []
"""Who knows; a catalogue of medicines adds itself here. Of a pair that nobody names nothing is known."""


def at_hand(institutions: set[int], medicines: set[str]) -> dict[tuple[int, str], bool]:
    """Return what is known of these medicines at these institutions."""
    known: dict[tuple[int, str], bool] = {}
    for stock in stocks:
        known |= stock(institutions, medicines)
    return known

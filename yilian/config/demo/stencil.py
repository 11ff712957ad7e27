"""Text with places to fill in: rows of a case as COPY wants them, in which only keys, numbers and names change."""

import re
from collections.abc import Mapping, Sequence

KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
SEAL = r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"
NUMBER = r"\b[A-Z]{2,4}\d{14}\b"
COUNTED = r"\b[a-z_]+#\d+\b"
DAY = r"(?<![\d-])20\d\d-[01]\d-[0-3]\d(?!\d)"


class Stencil:
    """A text cut once where known words stand; filling it puts others in their places."""

    def __init__(self, text: str, cut: re.Pattern[str], places: Mapping[str, int]) -> None:
        """`cut` finds words (in one group); `places` says which of the values stands for a word, if any does."""
        self._parts, self._places = [""], []
        for number, part in enumerate(cut.split(text)):
            if number % 2 and part in places:
                self._places.append(places[part])
                self._parts += ["", ""]
            else:
                self._parts[-1] += part

    def fill(self, values: Sequence[str]) -> str:
        """Return the text with these values in the places of the words."""
        parts = self._parts.copy()
        parts[1::2] = [values[place] for place in self._places]
        return "".join(parts)


def cutting(name: str, *, is_dated: bool = False) -> re.Pattern[str]:
    """Return what finds keys, numbers, seals and (if wanted) days anywhere, and a name that fills a cell or string."""
    patterns = [*([DAY] if is_dated else []), KEY, SEAL, NUMBER, COUNTED, rf'(?<=[\t"]){re.escape(name)}(?=[\t"\n])']
    return re.compile(f"({'|'.join(patterns)})")

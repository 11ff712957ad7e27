"""Lines over equal steps (months) as coordinates in a box; a template or a string of SVG draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

Number = Decimal | int | float
STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS = 4


@dataclass(frozen=True)
class Mark:
    """A place on an axis, in units of the drawing, and the word that stands there."""

    at: float
    word: str


@dataclass(frozen=True)
class Dot:
    """A point of a line: where it is, which step it belongs to, and its value."""

    x: float
    y: float
    step: str
    value: Number


@dataclass(frozen=True)
class Curve:
    """One line: its word, its path (broken where a value is unknown), and its points."""

    title: str
    path: str
    dots: tuple[Dot, ...]

    @property
    def last(self) -> Dot | None:
        """The latest known point."""
        return self.dots[-1] if self.dots else None


@dataclass(frozen=True)
class Frame:
    """The box of a plot in units of the drawing: whole size and the margins left for words."""

    width: int = 640
    height: int = 260
    left: int = 52
    right: int = 16
    top: int = 14
    bottom: int = 30

    @property
    def floor(self) -> int:
        """Where the lower axis lies."""
        return self.height - self.bottom

    @property
    def end(self) -> int:
        """Where the plot ends on the right."""
        return self.width - self.right


class Plot:
    """Lines over the same steps in one frame; the axis begins at 0 unless a value lies below, or `from_zero` is off."""

    def __init__(
        self, steps: Sequence[str], lines: Sequence[tuple[str, Sequence[Number | None]]], *, frame: Frame | None = None,
        also: Sequence[Number] = (), marks: int = 6, from_zero: bool = True,
    ) -> None:  # fmt: skip
        """`also` are values that must fit beside those of the lines, such as limits; `marks` how many steps are named.

        A line has a value, or None where nobody knows it, for each step.
        """
        self.frame, self.steps = frame or Frame(), list(steps)
        known = [float(value) for _title, values in lines for value in values if value is not None]
        self.is_empty = not known
        self._low, self._high, self._tick = _bounds([*known, *map(float, also)], from_zero)
        self.curves = [self._curve(title, values) for title, values in lines]
        self.marks = self._marks(marks)

    @property
    def ticks(self) -> list[Mark]:
        """The horizontal lines of the grid with their numbers, the lowest first."""
        count = round((self._high - self._low) / self._tick)
        values = [self._low + number * self._tick for number in range(count + 1)]
        return [Mark(self.y(value), f"{round(value, 6):g}") for value in values]

    def x(self, step: int) -> float:
        """Return where a step (0 is the first) lies."""
        frame, last = self.frame, max(1, len(self.steps) - 1)
        return round(frame.left + (frame.end - frame.left) * step / last, 1)

    def y(self, value: Number) -> float:
        """Return how far down a value lies."""
        frame = self.frame
        share = (float(value) - self._low) / (self._high - self._low)
        return round(frame.floor - (frame.floor - frame.top) * share, 1)

    def _curve(self, title: str, values: Sequence[Number | None]) -> Curve:
        dots, path, is_down = [], [], False
        for step, value in enumerate(values):
            if value is None:
                is_down = False
                continue
            dot = Dot(self.x(step), self.y(value), self.steps[step], value)
            path.append(f"{'L' if is_down else 'M'}{dot.x} {dot.y}")
            dots.append(dot)
            is_down = True
        return Curve(title, " ".join(path), tuple(dots))

    def _marks(self, count: int) -> list[Mark]:
        """Name the last step and others at equal distances before it."""
        every = max(1, -(-len(self.steps) // max(1, count)))
        named = range(len(self.steps) - 1, -1, -every)
        return [Mark(self.x(step), self.steps[step]) for step in sorted(named)]


def _bounds(values: Sequence[float], from_zero: bool) -> tuple[float, float, float]:
    """Return round numbers below and above the values, and the distance of the lines between."""
    held = [0.0, *values] if from_zero or not values else values
    low, high = min(held), max(held)
    if high == low:
        high = low + 1
    rough = (high - low) / MOST_TICKS
    size = 10 ** floor(log10(rough))
    tick = next(step * size for step in STEPS if step * size >= rough)
    first = floor(low / tick) * tick
    above = -floor(-high / tick) * tick
    return first, above, tick

"""The control chart of a line: geometry for the page, and the same as SVG text for the printed report."""

from decimal import Decimal
from xml.sax.saxutils import escape

from yilian.domains.qualityreport.models import ReportLine
from yilian.kernel.charts.plot import Curve, Dot, Frame, Plot

BOX = Frame(width=560, height=230)
FONT = "Noto Sans SC, SimHei, sans-serif"
BLUE, RED, GREY, LINE = "#1463d8", "#c4271f", "#5d6779", "#d5dae2"


class Control:
    """A line of a report as a drawing: months, limits, centre, and the months outside."""

    def __init__(self, line: ReportLine) -> None:
        self.line = line
        steps = [str(month) for month, *_rest in line.points]
        values, lows, highs = ([_number(row[place]) for row in line.points] for place in (1, 2, 3))
        self.plot = Plot(
            steps, [(line.title, values), ("low", lows), ("high", highs)], frame=BOX,
            also=[] if line.centre is None else [line.centre], from_zero=False,
        )  # fmt: skip
        self.centre = None if line.centre is None else self.plot.y(line.centre)
        limits = {row[0]: (_number(row[2]), _number(row[3])) for row in line.points}
        self.outside = [dot for dot in self.values.dots if _is_outside(dot, limits[dot.step])]

    @property
    def values(self) -> Curve:
        return self.plot.curves[0]

    @property
    def limits(self) -> list[Curve]:
        return [curve for curve in self.plot.curves[1:] if curve.dots]

    def svg(self) -> str:
        """Return the drawing as SVG text with its own colours, for paper."""
        frame = self.plot.frame
        parts = [
            f'<path d="M{frame.left} {tick.at}H{frame.end}" stroke="{LINE}"/>'
            f'<text x="{frame.left - 6}" y="{tick.at + 4}" text-anchor="end">{tick.word}</text>'
            for tick in self.plot.ticks
        ]
        parts += [
            f'<text x="{mark.at}" y="{frame.height - 8}" text-anchor="{anchor}">{escape(mark.word)}</text>'
            for mark in self.plot.marks
            for anchor in ("end" if mark.at >= frame.end else "middle",)
        ]
        parts += [f'<path d="{curve.path}" stroke="{GREY}" stroke-dasharray="4 3" fill="none"/>'
                  for curve in self.limits]  # fmt: skip
        if self.centre is not None:
            parts.append(f'<path d="M{frame.left} {self.centre}H{frame.end}" stroke="{GREY}"/>')
        parts.append(f'<path d="{self.values.path}" stroke="{BLUE}" stroke-width="2" fill="none"/>')
        parts += [f'<circle cx="{dot.x}" cy="{dot.y}" r="2.5" fill="{BLUE}"/>' for dot in self.values.dots]
        parts += [f'<circle cx="{dot.x}" cy="{dot.y}" r="5" fill="{RED}"/>' for dot in self.outside]
        inside = "".join(parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
            f'font-family="{FONT}" font-size="12" fill="{GREY}">{inside}</svg>'
        )


def _is_outside(dot: Dot, limits: tuple[Decimal | None, Decimal | None]) -> bool:
    low, high = limits
    return (low is not None and dot.value < low) or (high is not None and dot.value > high)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

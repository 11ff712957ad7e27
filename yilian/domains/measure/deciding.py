"""What a definition asks of a body of its consortium, where one sits: whether it is adopted."""

from django.utils.translation import gettext as _

from yilian.domains.measure.models import IndicatorChange, MeasureState
from yilian.domains.measure.writing import as_written
from yilian.registry.resolutions import Matter, Question, Sitting, matters, sitting_for

BODIES = ("council", "committee", "leading")
"""The kinds of bodies that decide about definitions, in the order in which they are asked."""


def competent(measure: IndicatorChange) -> Sitting | None:
    """Return the body that decides, None where a director does."""
    return sitting_for(measure, BODIES)


def adoption(measure: IndicatorChange) -> Question:
    """Ask whether a definition is adopted."""
    target = "—" if measure.target is None else f"{measure.target.normalize():f}{as_written(measure).unit}"
    worded = [
        _("分子：{text}").format(text=measure.part),
        _("分母：{text}").format(text=measure.whole or "—"),
    ]
    lines = [
        *(worded if measure.part else ()),
        _("目标值：{text}").format(text=target),
        _("生效月份：{month}").format(month=f"{measure.effective_on:%Y-%m}"),
        _("依据与理由：{text}").format(text=measure.ground),
    ]
    subject = _("指标口径：{name}").format(name=measure.name or measure.indicator_name)
    return Question(BODIES, subject, "\n".join(lines), measure.number)


matters.add(Matter("measure", MeasureState.APPROVING.value, "adopt", "send_back", adoption))

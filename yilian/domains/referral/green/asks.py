"""What the step that notes time points asks: those of the kind of emergency, each of which may stay unknown."""

from yilian.domains.referral.green.presets import POINTS, kinds_with
from yilian.kernel.workflow.flow import Ask

TIMES = tuple(
    Ask(point.question, point.title, "datetime", required=False, when=f"emergency_kind={kinds_with(key)}")
    for key, point in POINTS.items()
)

"""The five dimensions on the page of an appraisal: self-assessment beside the authority's score."""

from decimal import Decimal
from typing import Any

from yilian.domains.alliance.appraisal.effects import weights_of
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import Appraisal
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import setting_of


def scores(appraisal: Appraisal, actor: Actor) -> dict[str, Any]:
    """Return one line a dimension with weight and both scores, the total and the pass mark."""
    weights = weights_of(appraisal.consortium_id)
    lines = [
        {
            "title": one.title,
            "weight": weights[one.key],
            "own": getattr(appraisal, one.self_score),
            "given": getattr(appraisal, one.score),
        }
        for one in DIMENSIONS
    ]
    mark = setting_of("alliance.pass_mark", consortium_id=appraisal.consortium_id)
    return {"lines": lines, "whole": sum(weights.values(), Decimal(0)), "mark": mark, "appraisal": appraisal}

"""One case at a time about the same thing: the claim a case holds while it runs, unique in the database."""

from yilian.kernel.workflow.flow import Effect
from yilian.kernel.workflow.moment import Moment

FREE = {"claim": None}
"""What a step sets that ends a case: the claim is given back."""


def claim(*columns: str) -> Effect:
    """Return the effect that claims what these columns of the case name together."""

    def take_claim(moment: Moment) -> None:
        moment.set(claim=":".join(str(getattr(moment.case, column)) for column in columns))

    return take_claim

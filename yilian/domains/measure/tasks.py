"""The job that tries a definition: counting is the worker's, never the web's."""

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from yilian.kernel.workflow.moment import Moment

log = logging.getLogger(__name__)


@app.task(name="measure.try", pass_context=False)
def try_definition(case_id: str, owner_id: int) -> bool:
    """Try a definition; say whether there was one to try. Twice is harmless: the newest trial counts."""
    from yilian.domains.measure.trying import try_out
    from yilian.kernel.indicators.engines.believing import trusted

    return try_out(UUID(case_id), owner_id, *trusted()) is not None


def begin(moment: Moment) -> None:
    """Let the worker try the definition as soon as this step is saved."""
    try_definition.defer(case_id=str(moment.case.pk), owner_id=moment.case.owner_id)

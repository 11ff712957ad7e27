"""Jobs of the referrals: what one case means for the patient's others, which other institutions hold."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yilian.domains.referral import actions_on_others

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="referral.settle_others", retry=AGAIN)
def settle_others(cause_id: str, how: str) -> None:
    """Close or ask after the patient's other cases; running it twice does no more."""
    actions_on_others.settle_others(UUID(cause_id), how)


@app.task(name="referral.tell_of_error", retry=AGAIN)
def tell_of_error(cause_id: str) -> None:
    """Tell those whose cases were closed that the death was recorded in error."""
    actions_on_others.tell_of_error(UUID(cause_id))

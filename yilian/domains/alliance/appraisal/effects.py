"""What an appraisal leaves behind: the published result, and the order to dissolve after failing years in a row."""

from decimal import Decimal

from yilian.domains.alliance.appraisal.scoring import total_of
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import Appraisal, Assessment, Cause
from yilian.domains.alliance.standing import Standing, standing_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.models import Consortium


def weights_of(consortium_id: int | None) -> dict[str, Decimal]:
    """Return the weight of each dimension in force today for a consortium."""
    return {one.key: Decimal(value_of(f"alliance.weight_{one.key}", consortium_id=consortium_id)) for one in DIMENSIONS}


def reckon(moment: Moment) -> None:
    """Reckon total and pass from the scores given, so that both sides see them before publication."""
    appraisal: Appraisal = moment.case
    scores = {one.key: Decimal(getattr(appraisal, one.score)) for one in DIMENSIONS}
    total = total_of(scores, weights_of(appraisal.consortium_id))
    mark = Decimal(value_of("alliance.pass_mark", consortium_id=appraisal.consortium_id))
    moment.set(total=total, is_passed=total >= mark)


def publish_result(moment: Moment) -> None:
    """Freeze the result with its weights and pass mark as a public row."""
    appraisal: Appraisal = moment.case
    reckon(moment)
    Assessment.objects.create(
        consortium=appraisal.consortium,
        year=appraisal.year,
        scores={one.key: str(getattr(appraisal, one.score)) for one in DIMENSIONS},
        weights={key: str(weight) for key, weight in weights_of(appraisal.consortium_id).items()},
        total=appraisal.total,
        pass_mark=Decimal(value_of("alliance.pass_mark", consortium_id=appraisal.consortium_id)),
        is_passed=appraisal.is_passed,
        published_on=clock.today(),
        authority_id=moment.actor.institution_id,
        case_id=appraisal.pk,
    )
    moment.set(published_on=clock.today())


def order_dissolution(moment: Moment) -> None:
    """Open the dissolution of an alliance that has now failed often enough in a row (S3 19)."""
    dissolve_after_failing(moment.case.consortium, moment.case.year, by=moment.actor, after=moment.case)


def dissolve_after_failing(consortium: Consortium, year: int, *, by: Actor, after: Case) -> None:
    """Order an alliance to dissolve if it has failed often enough in a row, in a case that follows another."""
    if standing_of(consortium) != Standing.ORDERED or hasattr(consortium, "ending"):
        return
    grounds = f"{year} 年度考核不合格，已连续 {value_of('alliance.fails_to_dissolve')} 年不合格"
    answers = {"consortium": consortium.pk, "cause": Cause.FAILED, "grounds": grounds}
    case = open_case("dissolution", by=by, answers=answers)
    link(after, take(case, "order", by=by), "leads_to")

"""The result of an assessment made elsewhere, taken into the life of an alliance as one of its own (S3 17 to 19)."""

from datetime import date
from decimal import Decimal

from yilian.domains.alliance.appraisal import rules
from yilian.domains.alliance.appraisal.effects import dissolve_after_failing
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.models import Appraisal, Assessment
from yilian.domains.alliance.overseers import authority_of
from yilian.domains.alliance.rules_of_consortia import authority_is_competent, consortium_is_running
from yilian.domains.alliance.standing import WORDS, standing_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import evaluate
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium, Institution
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.yearly_results import YearResult

MUST_HOLD = (
    consortium_is_running,
    rules.alliance_is_half_a_year_old,
    rules.year_is_possible,
    rules.year_is_not_published_yet,
    rules.later_years_are_not_published,
)


class AllianceLife:
    """Keeps what a year's assessment means for an alliance: a yellow card, or the order to dissolve."""

    def authority_of(self, consortium: Consortium) -> Institution | None:
        return authority_of(consortium)

    def pass_mark(self, consortium: Consortium) -> Decimal | None:
        if consortium.kind != ConsortiumKind.SPECIALTY_ALLIANCE:
            return None
        return Decimal(value_of("alliance.pass_mark", consortium_id=consortium.pk))

    def takes(self, consortium: Consortium, first: date, last: date) -> bool:
        """Say whether these days are a calendar year of an alliance."""
        is_year = (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year)
        return consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE and is_year

    def against(self, consortium: Consortium, year: int, authority_id: int | None) -> list[str]:
        competent = authority_of(consortium)
        broken = [one.sentence() for one in evaluate(MUST_HOLD, Appraisal(consortium=consortium, year=year))]
        if competent is None or competent.pk != authority_id:
            broken.append(str(authority_is_competent.says))
        return broken

    def publish(self, result: YearResult, *, by: Actor, case: Case) -> str:
        keys = {dimension.chinese: dimension.key for dimension in DIMENSIONS}
        Assessment.objects.create(
            consortium=result.consortium, year=result.year, total=result.total, pass_mark=result.pass_mark,
            scores={keys[title]: str(score) for title, score in result.scores.items() if title in keys},
            weights={keys[title]: str(weight) for title, weight in result.weights.items() if title in keys},
            is_passed=result.is_passed, published_on=clock.today(), authority_id=by.institution_id, case_id=case.pk,
        )  # fmt: skip
        dissolve_after_failing(result.consortium, result.year, by=by, after=case)
        return str(WORDS[standing_of(result.consortium)][0])

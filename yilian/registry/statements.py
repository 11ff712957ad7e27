"""Where the facts that institutions are judged by come from: who stated them, and who has confirmed that.

A fact that the institution stated itself proves nothing in its own favour until somebody else has confirmed just that
statement; a statement made later is open again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.attestable import attestables
from yilian.registry.governing import governs
from yilian.registry.models import Attestation, Institution, Statement

WEIGHTY = (
    "licence_number", "licensed_on", "founded_on", "ownership", "affiliation", "grade", "beds", "has_outpatient",
    "has_inpatient", "has_medical_office", "has_nursing_office", "has_infection_office", "has_pharmacy_office",
)  # fmt: skip
"""Facts by which rules judge an institution; the others are its own affair."""


def note_statements(institution: Institution, facts: Iterable[str], *, by: Actor) -> None:
    """Note who states these facts of an institution; those that no rule weighs are left out."""
    official = not by.is_system and governs(by, institution.region_id)
    Statement.objects.bulk_create(
        Statement(
            institution=institution,
            fact=fact,
            value=text_of(getattr(institution, fact)),
            stated_by=by.name,
            stated_for_id=by.institution_id or None,
            user_id=by.user_id,
            stated_at=clock.now(),
            is_official=official,
        )
        for fact in facts
        if fact in WEIGHTY
    )


def text_of(value: Any) -> str:
    """Return a fact as statements keep it; an unknown one is empty."""
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Sources:
    """Where the facts of one institution come from: the newest statement of each, and the words that confirm some."""

    institution: Institution
    newest: Mapping[str, Statement] = field(default_factory=dict)
    words: tuple[Attestation, ...] = ()

    def of(self, fact: str) -> Statement | None:
        """Return the statement behind the present value of a fact; None if nobody is on record for it."""
        stated = self.newest.get(fact)
        return stated if stated and stated.value == text_of(getattr(self.institution, fact)) else None

    def is_known(self, fact: str) -> bool:
        return text_of(getattr(self.institution, fact)) != ""

    def unproven(self, facts: Iterable[str]) -> list[str]:
        """Return those of these facts that have a value which no authority stated."""
        stated = [(fact, self.of(fact)) for fact in facts if self.is_known(fact)]
        return [fact for fact, statement in stated if statement is None or not statement.is_official]

    def is_untold(self, fact: str) -> bool:
        """Say whether a fact has no value and nobody ever stated one."""
        return not self.is_known(fact) and fact not in self.newest

    def covers(self, word: Attestation, facts: Iterable[str]) -> bool:
        """Say whether a word was given on the very statements behind these facts, emptied ones included."""
        behind = [self.of(fact) for fact in facts if not self.is_untold(fact)]
        return all(one is not None and one.pk in word.speaks_of for one in behind)

    def heard_by(self, lead_id: int | None) -> "Sources":
        """Return the sources with the words that count for a lead: those of authorities and its own.

        What another lead has confirmed is that lead's affair. Words from before it was kept who gave them stay.
        """
        kept = [word for word in self.words if word.attested_for is None or _counts(word.attested_for, lead_id)]
        return replace(self, words=tuple(kept))

    def confirmed_by(self, fact: str) -> Attestation | None:
        """Return the newest word that confirms a fact as it stands; None if there is none, or it says no."""
        for word in self.words:
            if self.covers(word, [fact]):
                return word if word.is_met else None
        return None


def _counts(institution: Institution, lead_id: int | None) -> bool:
    return institution.is_authority or institution.pk == lead_id


def sources_of(institutions: Iterable[Institution]) -> dict[int, Sources]:
    """Return where the facts of institutions come from, by key, in two queries."""
    wanted = list(institutions)
    newest: dict[int, dict[str, Statement]] = {one.pk: {} for one in wanted}
    rows = Statement.objects.filter(institution__in=wanted).order_by("institution_id", "fact", "-id")
    for row in rows.distinct("institution_id", "fact").select_related("stated_for"):
        newest[row.institution_id][row.fact] = row
    words: dict[int, list[Attestation]] = {one.pk: [] for one in wanted}
    for word in Attestation.objects.filter(institution__in=wanted).select_related("attested_for"):
        words[word.institution_id].append(word)
    return {one.pk: Sources(one, newest[one.pk], tuple(words[one.pk])) for one in wanted}


def statements_behind(institution: Institution, condition: str) -> list[int]:
    """Return the keys of the statements a condition rests on now; a fact nobody is on record for gets one of nobody."""
    known = attestables.get(condition)
    sources = sources_of([institution])[institution.pk]
    facts = [fact for fact in known.facts if not sources.is_untold(fact)] if known else []
    unsigned = [
        Statement(institution=institution, fact=fact, value=text_of(getattr(institution, fact)))
        for fact in facts
        if sources.of(fact) is None
    ]
    written = Statement.objects.bulk_create(unsigned)
    return [*(stated.pk for fact in facts if (stated := sources.of(fact))), *(row.pk for row in written)]

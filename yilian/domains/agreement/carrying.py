"""Which articles the library of clauses carries out: those whose kind is proved by rows, and those that are words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from yilian.domains.agreement.library import patterns
from yilian.kernel.rules.carrying import Carrier
from yilian.kernel.rules.regulation import Ground, regulations
from yilian.registry.clauses import clause_kinds

BESIDES = {"unchanged": ("S4/7.2.1",), "reputation": ("S4/7.3.3",), "security": ("S3/14",)}
"""Further articles that a clause of the library puts into words, by its key."""


def library() -> Iterator[tuple[Ground | None, Carrier]]:
    """Yield each clause of the library with the article it is drawn from."""
    by_slug = {citation.slug: citation for document in regulations for citation in document.citations()}
    for pattern in patterns().values():
        is_text = clause_kinds[pattern.kind].check is None
        for slug in (pattern.source, *BESIDES.get(pattern.key, ())):
            yield by_slug[slug], Carrier(_("范本条款"), "default", pattern.title, pattern.text, is_text=is_text)

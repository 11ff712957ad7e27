"""Columns by which cases name institutions, departments and people: never cascading, and without an index of their own.

Cases are listed by participation (docs/adr/0002), so an index on who takes part would only cost every writing.
"""

from typing import Any

from django.db import models


def institution_key(title: str, **rest: Any) -> models.ForeignKey:
    """Return a column that names an institution; `rest` as for any foreign key, such as null."""
    return models.ForeignKey(
        "registry.Institution", models.PROTECT, verbose_name=title, related_name="+", db_index=False, **rest
    )


def noun_key(model: str, title: str) -> models.ForeignKey:
    """Return a column that may name one of the registry's nouns, as in "registry.Department"."""
    return models.ForeignKey(
        model, models.PROTECT, verbose_name=title, null=True, blank=True, related_name="+", db_index=False
    )

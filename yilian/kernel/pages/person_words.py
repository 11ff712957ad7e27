"""How lists speak of a patient: name, sex, age."""

from datetime import date
from functools import cache
from typing import Any, cast

from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.queries import target_of

MONTHS_UNTIL = 3  # years up to which an age is told in months
KNOWN_SEXES = ("1", "2")  # GB/T 2261.1: male, female; "unknown" and "not stated" are left out


def person_words(name: str, sex: str | None, born_on: date | None) -> str:
    """Return "何杰勇，女，34 岁"; what is not known is left out."""
    return _("，").join(part for part in (name, sex_title(sex), age(born_on)) if part)


def sex_title(sex: str | None) -> str:
    """Return the word for a sex, empty when it is not known."""
    return str(_titles().get(sex, "")) if sex in KNOWN_SEXES else ""


def age(born_on: date | None) -> str:
    """Return the age today: in months for small children, else in years; empty when the birthday is not known."""
    if born_on is None:
        return ""
    today = clock.today()
    months = (today.year - born_on.year) * 12 + today.month - born_on.month - (today.day < born_on.day)
    if months < MONTHS_UNTIL * 12:
        return _("{n} 个月").format(n=max(months, 0))
    return _("{n} 岁").format(n=months // 12)


@cache
def _titles() -> dict[str, object]:
    patient = target_of(Case._meta.get_field("patient"))
    return dict(cast(Any, patient.get_field("sex")).choices)

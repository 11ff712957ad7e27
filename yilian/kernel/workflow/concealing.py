"""What those who only watch a case about a patient do not read: whose it is (docs/adr/0008).

Row security hides the patient and the files from them; here go the answers that would name the patient all the same.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from yilian.kernel.access.scope import reading_for
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import Case, Happening


def is_concealed(case: Case) -> bool:
    """Say whether the case is about a patient whom the reader in scope does not know."""
    try:
        return case.patient_id is not None and case.patient is None
    except ObjectDoesNotExist:
        return True


def conceal(case: Case) -> None:
    """Take the patient, and answers about a person, from a case where the reader does not know them; never save it."""
    if is_concealed(case):
        Case._meta.get_field("patient").set_cached_value(case, None)
        for name in case.case_type.personal:
            if hasattr(case, name):
                setattr(case, name, "")


def conceal_row(case_type: CaseType, row: dict[str, Any]) -> None:
    """Do the same to a row of `queries.one`, which holds the patient's name where the reader knows the patient."""
    if row["patient_id"] is not None and row["patient_label"] is None:
        row["patient_id"] = None
        row.update(dict.fromkeys(case_type.personal & row.keys(), ""))


def keep_to_sides(case_type: CaseType, row: dict[str, Any], sides: Iterable[str]) -> None:
    """Take from a row of `queries.one` the columns that none of these sides reads."""
    here = set(sides)
    row.update(dict.fromkeys((name for name, kept in case_type.kept_to.items() if here.isdisjoint(kept))))


def readable(case: Case, lines: Iterable[Happening]) -> list[Happening]:
    """Return lines of the history as the reader in scope may read them; never save these objects.

    A case about nobody in particular may name patients in its steps (a list of those to be seen): who only watches it
    does not read them either.
    """
    found = list(lines)
    if is_concealed(case) or (case.patient_id is None and _only_watches(case)):
        hidden = case.case_type.personal | {"patient"}
        for line in found:
            line.answers = {name: answer for name, answer in line.answers.items() if name not in hidden}
    return found


def _only_watches(case: Case) -> bool:
    here = reading_for()
    return here is not None and -here in case.parties and here not in case.parties

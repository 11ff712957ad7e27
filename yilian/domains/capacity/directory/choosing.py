"""The service that a case asks for: kept in the version its author read, and what rules ask about it."""

from typing import Any, NamedTuple

from django.db import connection

from yilian.domains.capacity.directory.lookup import age_of
from yilian.domains.capacity.models import ChosenService, Service
from yilian.kernel import rows
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.flow import Step
from yilian.kernel.workflow.models import Case
from yilian.registry import known
from yilian.registry.models import Patient

NAME, READ = "service", "_service_asked_for"
KEEP = """
insert into capacity_chosenservice as kept (case_id, service_id, version_id)
select %s, v.service_id, v.id from capacity_serviceversion v where v.service_id = %s order by v.version desc limit 1
on conflict (case_id) do update set service_id = excluded.service_id, version_id = excluded.version_id
"""
ASKED = """
select c.service_id, v.version from capacity_chosenservice c join capacity_serviceversion v on v.id = c.version_id
where c.case_id = %s
"""


class _Asked(NamedTuple):
    """The service as it is now, and the number of the version that was read."""

    service: Service
    read: int


def choose(case: Case, answers: Answers, actor: Any = None) -> None:
    """Keep the service that was chosen, in its present version; an empty answer takes the choice back."""
    if NAME not in answers.given:
        return
    if (key := answers.get(NAME)) is None:
        drop(case)
        return
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [case.pk, key])
    vars(case).pop(READ, None)


def drop(case: Case) -> None:
    """Forget the choice: the case goes to a place that does not offer it."""
    ChosenService.objects.filter(case_id=case.pk).delete()
    vars(case).pop(READ, None)


def chosen(case: Case) -> ChosenService | None:
    """Return what the case asks for, or None."""
    return rows.read(ChosenService, case.pk)


def recall(case: Case) -> dict[str, Any]:
    """Return the choice as the answer to its question."""
    return {NAME: ChosenService.objects.filter(case_id=case.pk).values_list("service_id", flat=True).first()}


def is_urgent(case: Any) -> bool:
    """Say whether the case goes first and is sorted out afterwards."""
    return bool(getattr(case, "is_emergency", False))


def in_question(case: Case, answers: Answers, step: Step) -> Service | None:
    """Return the service that the step is about: what it asks for, else what was chosen before."""
    if any(ask.name == NAME for ask in step.asks):
        key = answers.get(NAME)
        return Service.objects.select_related("institution").filter(pk=key).first() if key else None
    found = _asked_for(case)
    return found.service if found else None


def newer_version(case: Case) -> int | None:
    """Return the number of the service's version when it is newer than the one that was read, else None."""
    found = _asked_for(case)
    return found.service.version if found and found.service.version != found.read else None


def _asked_for(case: Case) -> _Asked | None:
    """Return the service that was chosen; read once for all the rules of a step."""
    if READ not in vars(case):
        with connection.cursor() as cursor:
            cursor.execute(ASKED, [case.pk])
            row = cursor.fetchone()
        service = rows.read(Service, row[0]) if row else None
        vars(case)[READ] = _Asked(service, row[1]) if service else None
    return vars(case)[READ]


def misfit_of_age(case: Case, service: Service) -> int | None:
    """Return the patient's age when the service does not take it; None when it fits or is unknown."""
    patient = known.patient(case.patient_id) if case.patient_id else None
    return age_of(patient) if patient and misfits_age(patient, service) else None


def misfits_age(patient: Patient, service: Service) -> bool:
    """Say whether the patient is too young or too old for the service; an unknown age is neither."""
    age, high = age_of(patient), service.age_until
    return age is not None and (age < (service.age_from or 0) or (high is not None and age > high))

"""The service that a case asks for: kept in the version its author read, and what rules ask about it."""

from typing import Any

from yilian.domains.capacity.directory.lookup import age_of
from yilian.domains.capacity.models import ChosenService, Service, ServiceVersion
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.flow import Step
from yilian.kernel.workflow.models import Case
from yilian.registry import known
from yilian.registry.models import Patient

NAME = "service"


def choose(case: Case, answers: Answers, actor: Any = None) -> None:
    """Keep the service that was chosen, in its present version; an empty answer takes the choice back."""
    if NAME not in answers.given:
        return
    if (key := answers.get(NAME)) is None:
        drop(case)
        return
    version = ServiceVersion.objects.filter(service_id=key).order_by("-version").first()
    ChosenService.objects.update_or_create(case_id=case.pk, defaults={"service_id": key, "version": version})


def drop(case: Case) -> None:
    """Forget the choice: the case goes to a place that does not offer it."""
    ChosenService.objects.filter(case_id=case.pk).delete()


def chosen(case: Case) -> ChosenService | None:
    """Return what the case asks for, with the service and the version, or None."""
    rows = ChosenService.objects.select_related("service__institution", "version__department", "version__subject")
    return rows.filter(case_id=case.pk).first()


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
    found = chosen(case)
    return found.service if found else None


def newer_version(case: Case) -> int | None:
    """Return the number of the service's version when it is newer than the one that was read, else None."""
    found = chosen(case)
    return found.service.version if found and found.service.version != found.version.version else None


def misfit_of_age(case: Case, service: Service) -> int | None:
    """Return the patient's age when the service does not take it; None when it fits or is unknown."""
    patient = known.patient(case.patient_id) if case.patient_id else None
    return age_of(patient) if patient and misfits_age(patient, service) else None


def misfits_age(patient: Patient, service: Service) -> bool:
    """Say whether the patient is too young or too old for the service; an unknown age is neither."""
    age, high = age_of(patient), service.age_until
    return age is not None and (age < (service.age_from or 0) or (high is not None and age > high))

"""Writing the directory: every change of the terms is a new version; switching on and off is none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Service, ServiceVersion
from yilian.domains.capacity.models.service import OLDEST, TERMS
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.registry import pinyin
from yilian.registry.writing import Faults, set_facts

KEEPERS = ("reception", "registrar", "office", "director")
"""Who keeps the services of their own institution."""
LONGEST_WAIT = 999


class StaleServiceError(ValidationError):
    """Somebody else has changed the service since it was read."""


def offer_service(*, by: Actor, is_on: bool = True, **terms: Any) -> Service:
    """Insert a service of the acting institution with its first version; raises ValidationError with every fault."""
    service = Service(institution_id=by.institution_id, is_on=is_on, changed_at=clock.now())
    set_facts(service, terms, allowed=TERMS)
    _check(service)
    with transaction.atomic():
        service.save(force_insert=True)
        _keep_version(service, by)
        audit.record(by, "offered", object_kind="service", object_id=service.pk)
    return service


def revise_service(service: Service, *, by: Actor, seen: int | None = None, **terms: Any) -> bool:
    """Change terms of a service by a new version and say whether anything changed; `seen` is the version read before.

    Raises ValidationError, StaleServiceError when there is a newer version than the one seen.
    """
    with transaction.atomic():
        service = _locked(service, by)
        if seen is not None and seen != service.version:
            text = _("服务已被他人修改为第 {version} 版，请查看后重新填写。").format(version=service.version)
            raise StaleServiceError(text)
        changed = set_facts(service, terms, allowed=TERMS)
        if not changed:
            return False
        service.version += 1
        service.changed_at = clock.now()
        _check(service)
        service.save()
        _keep_version(service, by)
        audit.record(by, "revised", object_kind="service", object_id=service.pk, detail={"facts": changed})
    return True


def switch_service(service: Service, *, by: Actor, is_on: bool) -> bool:
    """Let the institution take patients for a service, or stop; say whether anything changed."""
    with transaction.atomic():
        service = _locked(service, by)
        if service.is_on == is_on:
            return False
        service.is_on, service.changed_at = is_on, clock.now()
        service.save(update_fields=["is_on", "changed_at"])
        audit.record(by, "switched_service", object_kind="service", object_id=service.pk, detail={"is_on": is_on})
    return True


def _locked(service: Service, by: Actor) -> Service:
    """Return the row of the acting institution, locked; raises ValidationError for one of another institution."""
    own = Service.objects.select_for_update(of=("self",)).filter(pk=service.pk, institution_id=by.institution_id)
    found = own.first()
    if found is None:
        raise ValidationError(_("服务由提供服务的机构自己维护。"))
    return found


def _keep_version(service: Service, by: Actor) -> None:
    terms = {name: getattr(service, name) for name in TERMS}
    ServiceVersion.objects.create(
        service=service, version=service.version, written_at=service.changed_at, written_name=by.name, **terms
    )


def _check(service: Service) -> None:
    """Fill what follows from the name, test everything, and raise ValidationError with every fault."""
    faults = Faults()
    service.name = (service.name or "").strip()
    service.pinyin = pinyin.full(service.name)[:400]
    service.initials = pinyin.initials(service.name)[:120]
    service.directions = sorted(set(service.directions or ()), key=("up", "down", "lateral").index)
    if not service.directions:
        faults.add("directions", _("请至少选择一个接收方向"))
    if service.department_id and service.department.institution_id != service.institution_id:
        faults.add("department", _("科室应为本机构的科室"))
    for name, most in (("age_from", OLDEST), ("age_until", OLDEST), ("claimed_wait", LONGEST_WAIT)):
        value = getattr(service, name)
        if value is not None and not 0 <= value <= most:
            faults.add(name, _("应在 0 与 {most} 之间").format(most=most))
    if None not in (service.age_from, service.age_until) and service.age_from > service.age_until:
        faults.add("age_until", _("最大年龄应不小于最小年龄"))
    taken = Service.objects.filter(institution_id=service.institution_id, name=service.name).exclude(pk=service.pk)
    if taken.exists():
        faults.add("name", _("本机构已有同名服务"))
    faults.of(service, ask_database=False)
    faults.refuse()

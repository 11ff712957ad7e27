"""Writing the directory: every change of the terms is a new version; switching on and off is none."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.capacity.models import Service, ServiceVersion
from yilian.domains.capacity.models.service import OLDEST, TERMS
from yilian.domains.capacity.versions import Versions
from yilian.kernel.access.actor import Actor
from yilian.registry import pinyin
from yilian.registry.writing import Faults

KEEPERS = ("reception", "registrar", "office", "director")
"""Who keeps the services of their own institution."""
LONGEST_WAIT = 999


def offer_service(*, by: Actor, is_on: bool = True, **terms: Any) -> Service:
    """Insert a service of the acting institution with its first version; raises ValidationError with every fault."""
    service = Service(institution_id=by.institution_id, is_on=is_on)
    _SERVICES.add(service, terms, by)
    return service


def revise_service(service: Service, *, by: Actor, seen: int | None = None, **terms: Any) -> bool:
    """Change terms of a service by a new version and say whether anything changed; `seen` is the version read before.

    Raises ValidationError, StaleFactsError when there is a newer version than the one seen.
    """
    return _SERVICES.revise(service, terms, by, seen)


def switch_service(service: Service, *, by: Actor, is_on: bool) -> bool:
    """Let the institution take patients for a service, or stop; say whether anything changed."""
    return _SERVICES.switch(service, by, is_on=is_on)


def _own(actor: Actor) -> QuerySet[Service]:
    return Service.objects.filter(institution_id=actor.institution_id)


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


_SERVICES: Versions[Service] = Versions(
    model=ServiceVersion, of="service", says=TERMS, own=_own, check=_check, noun="service", added="offered",
    revised="revised", switched="switched_service", not_own=gettext_lazy("服务由提供服务的机构自己维护。"),
    stale=gettext_lazy("服务已被他人修改为第 {version} 版，请查看后重新填写。"),
)  # fmt: skip

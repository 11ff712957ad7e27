"""Codes above and below a code in the tree of its system."""

from yilian.registry.models import Code


def lineage(system: str, code: str) -> set[str]:
    """Return a code with every code above and below it; an unknown one stands alone. Siblings are not of its line."""
    return {code} | _above(system, code) | _below(system, code)


def _above(system: str, code: str) -> set[str]:
    found: set[str] = set()
    step = [code]
    while step:
        parents = Code.objects.filter(system_id=system, children__code__in=step, children__system_id=system)
        step = list(parents.exclude(code__in=found).values_list("code", flat=True))
        found.update(step)
    return found


def _below(system: str, code: str) -> set[str]:
    found: set[str] = set()
    step = [code]
    while step:
        children = Code.objects.filter(system_id=system, parent__code__in=step, parent__system_id=system)
        step = list(children.exclude(code__in=found).values_list("code", flat=True))
        found.update(step)
    return found

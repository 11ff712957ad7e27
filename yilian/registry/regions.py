"""Regions as a tree: who lies above, and bringing a region in."""

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.models import Region
from yilian.registry.models.region import RegionLevel
from yilian.registry.writing import Faults, set_facts

FACTS = ("name", "population", "latitude", "longitude")


def level_of(code: str) -> RegionLevel:
    """Return the level that the shape of a code says: 420000 province, 420100 city, 420106 county, longer street."""
    if len(code) > 6:
        return RegionLevel.STREET
    if code.endswith("0000"):
        return RegionLevel.PROVINCE
    return RegionLevel.CITY if code.endswith("00") else RegionLevel.COUNTY


def chain(code: str) -> list[str]:
    """Return the code and those above it, nearest first: 420106001 -> 420106001, 420106, 420100, 420000."""
    candidates = [code]
    if len(code) > 9:
        candidates.append(code[:9])
    if len(code) > 6:
        candidates.append(code[:6])
    candidates += [code[:4] + "00", code[:2] + "0000"]
    return list(dict.fromkeys(candidates))


def register_region(*, by: Actor, code: str, name: str, **facts: object) -> tuple[Region, str]:
    """Insert a region or bring it up to date; return it with "created", "updated" or "unchanged".

    Its parent is the nearest region above that is known. Raises ValidationError.
    """
    with transaction.atomic():
        region = Region.objects.filter(pk=code).first() or Region(code=code)
        is_new = region._state.adding
        changed = set_facts(region, {"name": name, **facts}, allowed=FACTS)
        if not is_new and not changed:
            return region, "unchanged"
        _check(region)
        region.save(force_insert=is_new)
        audit(by, "registered" if is_new else "changed", region, detail={"facts": changed})
    return region, "created" if is_new else "updated"


def _check(region: Region) -> None:
    faults = Faults()
    if not region.code.isdigit() or len(region.code) not in (6, 9, 12):
        faults.add("code", _("区划代码应为6位、9位或12位数字"))
        faults.refuse()
    region.level = level_of(region.code)
    region.parent = _parent(region.code)
    if region.parent is None and region.level > RegionLevel.CITY:
        faults.add(
            "code", _("上级区划 %(codes)s 尚未登记，请先登记上级") % {"codes": _("、").join(chain(region.code)[1:])}
        )
    faults.of(region)
    faults.refuse()


def _parent(code: str) -> Region | None:
    above = chain(code)[1:]
    known = Region.objects.in_bulk(above)
    return next((known[candidate] for candidate in above if candidate in known), None)

"""Bringing codes into the database: the shipped ones after every migration, others by import."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from yilian.kernel.access.actor import Actor
from yilian.registry import pinyin
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve_one
from yilian.registry.codes.shipped import SYSTEMS, Row, Shipped
from yilian.registry.models import Code, CodeSystem
from yilian.registry.writing import Faults, set_facts


def load_shipped(*, using: str) -> None:
    """Load every shipped code system that is missing or has another version; codes added locally stay."""
    present = dict(CodeSystem.objects.using(using).values_list("key", "version"))
    for shipped in SYSTEMS:
        version = shipped.version()
        if present.get(shipped.key) != version:
            _load(shipped, version, using)


def _load(shipped: Shipped, version: str, using: str) -> None:
    with transaction.atomic(using=using):
        # Titles are stored in the language of the installation, whoever runs the migration.
        CodeSystem.objects.using(using).update_or_create(
            key=shipped.key, defaults={"title": str(shipped.title), "version": version}
        )
        write_codes(shipped.key, shipped.rows(), using=using)


def write_codes(system: str, rows: Iterable[Row], *, using: str = "default") -> None:
    """Insert or rename codes of a system, with their pinyin; parents may come in the same call, in any order.

    Raises KeyError when a parent is neither among the rows nor already there.
    """
    rows = list(rows)
    fresh = [Code(system_id=system, code=row.code, name=row.name, **_readings(row.name)) for row in rows]
    codes = Code.objects.using(using)
    codes.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["system", "code"],
        update_fields=["name", "pinyin", "initials"],
        batch_size=2000,
    )
    keys = dict(codes.filter(system_id=system).values_list("code", "pk"))
    children = [Code(pk=keys[row.code], parent_id=keys[row.parent]) for row in rows if row.parent]
    codes.bulk_update(children, ["parent"], batch_size=2000)


def register_code(
    *, by: Actor, system: str, code: str, name: str, parent: str = "", **validity: date
) -> tuple[Code, str]:
    """Insert a code or bring it up to date; return it with "created", "updated" or "unchanged".

    `validity` may hold valid_from and valid_until, the first and last day on which it may be chosen. Raises
    ValidationError.
    """
    row = Code.objects.filter(system_id=system, code=code).first() or Code(system_id=system, code=code)
    is_new, faults = row._state.adding, Faults()
    facts = {"name": name, **_readings(name), **validity}
    if parent:
        facts["parent"] = resolve_one(system, parent, faults, field="parent")
    changed = set_facts(row, facts, allowed=("name", "pinyin", "initials", "parent", "valid_from", "valid_until"))
    if not is_new and not changed:
        return row, "unchanged"
    faults.of(row)
    faults.refuse()
    with transaction.atomic():
        row.save()
        audit(by, "registered" if is_new else "changed", row, detail={"facts": changed})
    return row, "created" if is_new else "updated"


def _readings(name: str) -> dict[str, str]:
    return {"pinyin": pinyin.full(name)[:400], "initials": pinyin.initials(name)[:120]}

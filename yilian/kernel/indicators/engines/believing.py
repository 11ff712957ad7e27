"""Letting an engine count only after it has passed the trial; what has passed is remembered by its version."""

import hashlib
import inspect
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from yilian.kernel.indicators import conforming
from yilian.kernel.indicators.engines.choosing import chosen
from yilian.kernel.indicators.engines.question import Engine, EngineError
from yilian.kernel.lake.manifest import Manifest

PASSED = "believed.json"


class UnbelievableError(EngineError):
    """The engine counts otherwise than plain Python, so nothing it says is kept."""


def trusted() -> tuple[Engine, Manifest]:
    """Return the engine of this installation, tried once per version, and the lake it reads. Raises EngineError."""
    engine, manifest = chosen()
    file, version = Path(settings.LAKE_FOLDER) / PASSED, _version(engine)
    if version not in _passed(file):
        if found := try_out(engine):
            raise UnbelievableError("; ".join(found[:3]))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([*_passed(file), version]))
    return engine, manifest


def try_out(engine: Engine) -> list[str]:
    """Return what the engine counts otherwise than plain Python, or that it does not answer; nothing if all is well."""
    tried = conforming.trial()
    try:
        return _over_tables(tried) if engine.name == "PostgreSQL" else _over_files(tried)
    except EngineError as error:
        return [str(error)]


def _over_files(tried: conforming.Trial) -> list[str]:
    lake = Path(settings.LAKE_FOLDER)  # a cluster sees no other folder of this machine
    lake.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".trial-", dir=lake) as folder:
        manifest = conforming.as_lake(tried, Path(folder))
        return conforming.differences(chosen(manifest)[0], tried)


def _over_tables(tried: conforming.Trial, alias: str = "default") -> list[str]:
    from yilian.kernel.indicators.engines.postgres import PostgresEngine

    def write(sql: str, rows: Sequence[Sequence[Any]]) -> None:
        cursor.executemany(sql, rows) if rows else cursor.execute(sql)

    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        conforming.as_tables(tried, write)
        found = conforming.differences(PostgresEngine(alias), tried)
        transaction.set_rollback(True, using=alias)
    return found


def _version(engine: Engine) -> str:
    """Return the engine with its version and that of the trial."""
    trial = hashlib.sha256(inspect.getsource(conforming).encode()).hexdigest()[:12]
    return f"{engine.name} {engine.version} {trial}"


def _passed(file: Path) -> list[str]:
    try:
        return list(json.loads(file.read_text()))
    except (OSError, ValueError):
        return []

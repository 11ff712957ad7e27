"""Which engine an installation counts with: DuckDB unless YILIAN_ENGINE names PostgreSQL or a Spark Connect server."""

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.indicators.engines.question import Engine, EngineError
from yilian.kernel.lake.fact import facts
from yilian.kernel.lake.manifest import Manifest, Part, read_manifest


def chosen(manifest: Manifest | None = None) -> tuple[Engine, Manifest]:
    """Return the engine of this installation and the lake it reads; raise EngineError for a name nobody knows."""
    named, manifest = settings.INDICATOR_ENGINE, manifest or read_manifest()
    if named == "duckdb":
        from yilian.kernel.indicators.engines.duck import DuckEngine

        return DuckEngine(manifest), manifest
    if named.startswith("sc://"):
        from yilian.kernel.indicators.engines.spark import SparkEngine

        return SparkEngine(named, manifest), manifest
    if named == "postgresql":
        from yilian.kernel.indicators.engines.postgres import PostgresEngine

        return PostgresEngine("owner"), rows_of_our_own("owner")
    raise EngineError(_("YILIAN_ENGINE 应为 duckdb、postgresql 或 sc://主机:端口，现在是“{named}”").format(named=named))


def rows_of_our_own(alias: str) -> Manifest:
    """Return the months of our own rows as a lake would say them, so that each is counted anew every time."""
    parts = []
    with connections[alias].cursor() as cursor:
        for fact in facts:
            if fact.view and not fact.describes_institutions:
                cursor.execute(f'select month, count(*) from "{fact.view}" group by month')
                seen = str(clock.now())
                parts += [Part(fact.key, month, seen, rows, 0) for month, rows in cursor.fetchall()]
    return Manifest(parts=tuple(parts))

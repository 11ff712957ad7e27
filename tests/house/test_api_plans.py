"""The statements that stay prepared: the plan that serves every value walks an index too."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.tests.test_plans import KIND, MOST_BUFFERS, SHAPES, SMALL, _nodes, crowd, is_scan

pytestmark = pytest.mark.exhaustive

__all__ = ["crowd"]


def generic_plan(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the nodes of the plan PostgreSQL keeps for a text, run with these values."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
    numbered = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", text)
    literals = sql.SQL(", ").join(sql.Literal(values[name]) for name in names)
    with connection.cursor() as cursor:
        cursor.execute("set local plan_cache_mode = force_generic_plan")
        cursor.execute(f"prepare kept as {numbered}")
        command = sql.SQL("explain (analyze, buffers, format json) execute kept ({})").format(literals)
        cursor.execute(command.as_string(connection.connection))
        plan = cursor.fetchone()[0]
        cursor.execute("deallocate kept")
    return list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def test_the_kept_plans_walk_indexes(crowd, monkeypatch):
    sent: list[tuple[str, dict[str, Any]]] = []
    run = queries._rows
    monkeypatch.setattr(queries, "_rows", lambda text, values: sent.append((text, values)) or run(text, values))
    for actor in crowd:
        with scope(actor):
            for ask in SHAPES.values():
                ask(actor)
            middle = queries.newest(KIND, actor)[-1]["id"]
            queries.newest(KIND, actor, queries.Filter(before=middle))
            queries.one(KIND, middle)
            queries.party_names([middle])
            for text, values in sent:
                nodes = generic_plan(text, values)
                scanned = {node["Relation Name"] for node in nodes if is_scan(node)} - SMALL
                assert not scanned, f"{scanned} read from end to end: {text}"
                assert nodes[0]["Shared Hit Blocks"] + nodes[0]["Shared Read Blocks"] <= MOST_BUFFERS, text
        sent.clear()


def test_a_statement_is_planned_once(crowd):
    connection.close()  # what is prepared is of one connection
    with scope(crowd[0]):
        for _ in range(6):
            queries.newest(KIND, crowd[0])
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_prepared_statements where statement like '%participation p%'")
            assert cursor.fetchone() == (1,)

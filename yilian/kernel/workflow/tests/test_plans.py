"""Every list shape is planned as the app role on 20,000 cases: no table is read from end to end."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from tests.world import World
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import queries, standing_queries
from yilian.kernel.workflow.case_type import case_types

pytestmark = pytest.mark.exhaustive

MOST_BUFFERS = 1000
MANY = """
insert into case_file (id, kind, number, state, open, since, due, priority, version, flags, title, parties, digest)
select (lpad(to_hex(1760000000000 + n), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
  'errand', 'QT20260101' || lpad(n::text, 6, '0'), 'draft', true, now(), now() + n * interval '1 min', 3, 1, 0, 'x',
  array[least(%(a)s, %(b)s), greatest(%(a)s, %(b)s)], '' from generate_series(1, 20000) n;
insert into sample_errand (case_ptr_id, sender_id, receiver_id, wish, result)
select id, %(a)s, %(b)s, 'x', '' from case_file;
insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime)
select id, %(a)s, 1, '', '', true, 3, 0, true from case_file;
insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime)
select id, %(b)s, 2, '', '', true, 3, 0, true from case_file where number > 'QT20260101015000';
insert into watching (kind, side) values ('errand', 9);
insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime)
select id, %(c)s, 9, '', '', true, 3, 0, true from case_file;
update case_file set state = 'sent' where number < 'QT20260101000100';
"""


@pytest.fixture(scope="module")
def crowd(database_of_module) -> tuple[Any, Any, Any]:
    """Who sent everything, who received a quarter of it, and who only watches all of it."""
    world = World()
    sender, receiver = world.person("doctor", at="甲院"), world.person("reception", at="乙院")
    watcher = world.person("office", at="丙院")
    everybody = (sender, receiver, watcher)
    with connections["owner"].cursor() as cursor:
        cursor.execute("set synchronous_commit to on")  # vacuum marks no page whose commits are still on their way
        for statement in MANY.split(";\n"):
            if statement.strip():
                cursor.execute(statement, dict(zip("abc", (actor.institution_id for actor in everybody), strict=True)))
        for table in ("case_file", "participation", "sample_errand"):
            cursor.execute(f"vacuum analyze {table}")
    return everybody


def plans(ask: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Run a query function and yield, for each statement it sent, the text and the nodes of its plan."""
    sent: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        ask()
    for sql, params in sent:
        with connection.cursor() as cursor:
            cursor.execute(f"explain (analyze, buffers, format json) {sql}", params)
            plan = cursor.fetchone()[0]
        yield sql, list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def is_scan(node: dict[str, Any]) -> bool:
    """Say whether a table was read from end to end; a plan node that never ran read nothing."""
    return node["Node Type"] == "Seq Scan" and node["Actual Loops"] > 0


KIND = case_types["errand"]
SHAPES = {
    "newest": lambda actor: queries.newest(KIND, actor),
    "one state": lambda actor: queries.newest(KIND, actor, queries.Filter(states=("sent",))),
    "two states": lambda actor: queries.newest(KIND, actor, queries.Filter(states=("sent", "done"))),
    "open": lambda actor: queries.newest(KIND, actor, queries.Filter(is_open=True)),
    "by number": lambda actor: queries.newest(KIND, actor, queries.Filter(number="QT202601010012")),
    "a month": lambda actor: queries.newest(
        KIND, actor, queries.Filter(since=clock.now().replace(year=2025), until=clock.now())
    ),
    "by due date": lambda actor: queries.newest(KIND, actor, queries.Filter(order="due")),
    "by due date, one state": lambda actor: queries.newest(KIND, actor, queries.Filter(order="due", states=("sent",))),
    "by urgency": lambda actor: queries.newest(KIND, actor, queries.Filter(order="priority")),
    "by urgency, on": lambda actor: queries.newest(
        KIND, actor, queries.Filter(order="priority", skip_to=queries.Place(clock.now(), UUID(int=0), 2))
    ),
    "inbox by urgency": lambda actor: queries.inbox(actor, order="priority"),
    "inbox by urgency, on": lambda actor: queries.inbox(
        actor, order="priority", skip_to=queries.Place(clock.now(), UUID(int=0), 2)
    ),
    "waiting, on": lambda actor: queries.waiting(actor, [("errand", "sent")], before=UUID(int=2**127)),
    "inbox": queries.inbox,
    "inbox, late": lambda actor: queries.inbox(actor, late_by=clock.now()),
    "inbox of a state": lambda actor: queries.inbox(actor, kind="errand", state="sent", priority=3, order="priority"),
    "inbox groups": standing_queries.inbox_groups,
    "number and department": lambda actor: queries.newest(
        KIND, actor, queries.Filter(number="QT202601010012", department_id=987654321)
    ),
    "unanswered": lambda actor: standing_queries.unanswered(actor, [("errand", "sent"), ("errand", "draft")]),
    "inbox count": queries.count_inbox,
    "waiting": lambda actor: queries.waiting(actor, [("errand", "sent"), ("errand", "draft")]),
    "open within": lambda actor: standing_queries.open_within(actor.institution_id, 1),
    "badges": lambda actor: queries.badges(KIND, actor),
}
SMALL = {"registry_institution", "registry_patient", "registry_consortium"}


def test_every_shape_walks_an_index(crowd):
    for name, ask in SHAPES.items():
        for actor in crowd:
            with scope(actor):
                for sql, nodes in plans(lambda ask=ask, actor=actor: ask(actor)):
                    scanned = {node["Relation Name"] for node in nodes if is_scan(node)} - SMALL
                    assert not scanned, f"{name} reads {scanned} from end to end: {sql}"
                    buffers = nodes[0]["Shared Hit Blocks"] + nodes[0]["Shared Read Blocks"]
                    assert buffers <= MOST_BUFFERS, f"{name} touches {buffers} buffers: {sql}"


@pytest.mark.parametrize("wish", [{"partner_id": 987654321}, {"department_id": 987654321}])
def test_looking_case_by_case_walks_so_far_and_no_further(crowd, monkeypatch, wish):
    monkeypatch.setattr(queries, "WALK", 200)
    receiver = crowd[1]
    nobody = queries.Filter(**wish)
    with scope(receiver):
        assert queries.newest(KIND, receiver, nobody) == []
        ((sql, nodes),) = plans(lambda: queries.newest(KIND, receiver, nobody))
    assert not {node["Relation Name"] for node in nodes if is_scan(node)} - SMALL, sql
    three_pages_each, the_way_there = 200 * 3, 40
    assert nodes[0]["Shared Hit Blocks"] + nodes[0]["Shared Read Blocks"] <= three_pages_each + the_way_there


@pytest.mark.parametrize("ask", [
    lambda actor: standing_queries.count_of_department(actor, 987654321),
    lambda actor: standing_queries.inbox_of_department(actor, 987654321),
])  # fmt: skip
def test_the_inbox_of_a_department_walks_so_far_and_no_further(crowd, monkeypatch, ask):
    monkeypatch.setattr(standing_queries, "WALK", 200)
    receiver = crowd[1]
    with scope(receiver):
        ((sql, nodes),) = plans(lambda: ask(receiver))
    assert not {node["Relation Name"] for node in nodes if is_scan(node)} - SMALL, sql
    assert nodes[0]["Shared Hit Blocks"] + nodes[0]["Shared Read Blocks"] <= 200 * 6


def test_a_deep_page_costs_what_the_first_costs(crowd):
    sender = crowd[0]
    with scope(sender):
        middle = queries.newest(KIND, sender, queries.Filter(number="QT20260101010000"))[0]["id"]
        first, deep = (
            next(plans(lambda narrow=narrow: queries.newest(KIND, sender, narrow)))[1][0]["Shared Hit Blocks"]
            for narrow in (queries.Filter(), queries.Filter(before=middle))
        )
    assert deep <= first * 1.3

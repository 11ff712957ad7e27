"""Every page and answer that lists something walks indexes: 20,000 cases, as many notices, seen as the app role."""

import json
from typing import Any

import pytest
from django.db import connection, connections

from tests.house.exits import Visitor
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.tests.test_plans import MOST_BUFFERS, _nodes, crowd, is_scan

pytestmark = pytest.mark.exhaustive

__all__ = ["crowd"]

NOTICES = """
insert into notices_notice (id, institution_id, roles, case_id, kind, text, verb, state, by_name, by_institution, at)
select (lpad(to_hex(1760000000000 + n), 12, '0') || '7000' || '9000' || lpad(to_hex(n), 12, '0'))::uuid,
  %s, 3, c.id, 'step', 'x', '', '', '', '', now()
from (select id, row_number() over () n from case_file) c"""
LARGE = {"case_file", "participation", "sample_errand", "notices_notice", "happening", "audit_accessrecord"}
PATHS = (
    "/", "/inbox/", "/inbox/?tab=late", "/inbox/?tab=sent", "/errand/?order=due", "/errand/?order=priority",
    "/messages/", "/messages/?all=1",
    "/errand/", "/errand/?state=sent", "/errand/?state=draft", "/errand/?state=open", "/errand/?priority=3",
    "/errand/?side=receiver", "/errand/?since=2026-01-01", "/errand/?number=QT2026010101",
    "/errand/export.xlsx?number=QT2026010100012", "/search/?q=QT202601010012", "/search/?q=王",
    "/api/v1/inbox", "/api/v1/inbox?late=true", "/api/v1/inbox?type=errand", "/api/v1/cases/errand",
    "/api/v1/cases/errand?state=sent", "/api/v1/cases/errand?open=true", "/api/v1/cases/errand?number=QT2026010101",
    "/api/v1/cases/errand?side=receiver", "/api/v1/cases/errand?until=2030-01-01",
)  # fmt: skip


@pytest.fixture
def noticed(crowd):
    with connections["owner"].cursor() as cursor:
        cursor.execute(NOTICES, [crowd[0].institution_id])
        cursor.execute("update case_file set state = 'sent' where number like '%%7'", [])  # one in ten waits for others
        for table in ("notices_notice", "case_file", "participation"):
            cursor.execute(f"vacuum analyze {table}")
    return crowd


def sent_by(reader: Visitor, path: str) -> list[tuple[str, Any]]:
    """Return the questions a path asks the database, with their values."""
    sent: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().lower().startswith(("select", "with")) and "set_config" not in sql:
            sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        assert reader.asks(path).status == 200, path
    return sent


def test_every_list_walks_indexes(noticed):
    faults = []
    for actor in noticed:
        reader = Visitor(User.objects.get(pk=actor.user_id))
        for path in PATHS:
            questions = sent_by(reader, path)
            with scope(actor), connection.cursor() as cursor:
                for sql, params in questions:
                    cursor.execute(f"explain (analyze, buffers, format json) {sql}", params)
                    plan = cursor.fetchone()[0]
                    nodes = list(_nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
                    scanned = {node["Relation Name"] for node in nodes if is_scan(node)} & LARGE
                    buffers = nodes[0]["Shared Hit Blocks"] + nodes[0]["Shared Read Blocks"]
                    if scanned or buffers > MOST_BUFFERS:
                        faults.append(f"{path}: {scanned or buffers}: {sql[:300]}")
    assert not faults, "\n".join(faults)

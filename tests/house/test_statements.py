"""Every address sends few statements to the database, and no more when there are more rows to show."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created

from tests.house.estate import EVERY_ROLE, PATIENT, Estate, build
from tests.house.exits import Visitor
from tests.house.test_pages_only_read import own_paths
from tests.world import World
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.almanac.keeping import settled
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.tests import samples
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.conversation import post_message
from yilian.registry.patients import register_patient

pytestmark = pytest.mark.exhaustive

MOST = 70
NOT_COUNTED = ("pg_stat_xact_user_tables", "SAVEPOINT")
"""What the test itself asks, and what marks transactions."""


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@contextmanager
def one_connection() -> Iterator[None]:
    """Fail when anything inside opens a second connection: a pool as large as the threads would lock up."""
    opened: list[str] = []

    def note(connection: Any, **signal: Any) -> None:
        opened.append(connection.alias)

    connection_created.connect(note)
    yield
    connection_created.disconnect(note)
    assert not opened


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the statements that are sent, those of the test itself apart."""
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not any(words in sql for words in NOT_COUNTED):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent


def statements(estate: Estate) -> dict[str, list[str]]:
    """Return what reading each path sends once memories are filled, for the paths that can be read."""
    reader, found = Visitor(estate.user), {}
    with settled():  # a test writes and reads in one transaction, where nothing would be remembered
        for path in own_paths(estate):
            if reader.asks(path).status == 200:
                with listening() as sent:
                    reader.asks(path)
                found[path] = sent
    return found


def enrich(estate: Estate, world: World, surnames: str) -> None:
    """Put more of everything there: cases and patients beside, and messages, files and notices on the case itself."""
    case, place = estate.case, estate.actor.institution_id
    for surname in surnames:
        colleague = actor_for(world.user(*EVERY_ROLE, at=estate.actor.institution_name))
        with scope(colleague):
            patient, _is_new = register_patient(by=colleague, name=f"{surname}{PATIENT}")
            world.open(case.kind, by=colleague, patient=patient.pk, impression="胸痛待查")
            post_message(case, "请补充", by=colleague)
            attach(case, samples.upload("a.pdf", samples.PDF), kinds_for(case.kind)[0].key, by=colleague)
            tell(case, place, EVERY_ROLE, "请阅", by=colleague)


def test_more_rows_need_no_more_statements(world):
    estate = build(world, "referral")
    enrich(estate, world, "王")
    with one_connection():
        few = statements(estate)
    enrich(estate, world, "李张刘陈杨赵")
    many = statements(estate)
    assert len(many) > 10
    grown = {path: f"{len(few[path])} -> {len(many[path])}" for path in few if len(many[path]) > len(few[path])}
    assert not grown
    assert {path: len(sent) for path, sent in many.items() if len(sent) > MOST} == {}

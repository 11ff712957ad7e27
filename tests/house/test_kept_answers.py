"""What is kept between requests, and when it is asked anew."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.almanac.keeping import kept, settled
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.reasons import reason
from yilian.registry.institutions import change_institution, register_institution
from yilian.registry.known import institution
from yilian.registry.models import Institution

pytestmark = pytest.mark.exhaustive

SOMEBODY = system_actor("时钟", 1)
asked: list[str] = []


@kept
def title_of(code: str) -> str:
    asked.append(code)
    return ReasonCode.objects.get(list_key="test", code=code).title


@pytest.fixture
def row(fresh_database):
    asked.clear()
    return ReasonCode.objects.create(list_key="test", code="a", title="旧")


def elsewhere(work) -> None:
    """Do something in another thread, on a connection of its own."""

    def run() -> None:
        work()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_an_answer_is_asked_once_in_all_scopes(row):
    for _ in range(3):
        with scope(SOMEBODY):
            assert title_of("a") == title_of("a") == "旧"
    assert asked == ["a"]


def test_outside_a_scope_every_question_is_asked(row):
    assert title_of("a") == title_of("a") == "旧"
    assert asked == ["a", "a"]


def test_a_change_elsewhere_is_seen_by_the_next_scope(row):
    with scope(SOMEBODY):
        title_of("a")
    elsewhere(lambda: ReasonCode.objects.filter(pk=row.pk).update(title="新"))
    with scope(SOMEBODY):
        assert title_of("a") == "新"


def test_a_scope_that_began_before_a_change_spoils_nothing(row):
    with scope(SOMEBODY):
        elsewhere(lambda: ReasonCode.objects.filter(pk=row.pk).update(title="新"))
        title_of("a")
    with scope(SOMEBODY):
        assert title_of("a") == "新"


def test_who_has_written_asks_the_database(row):
    with transaction.atomic():
        with scope(SOMEBODY):
            title_of("a")
        ReasonCode.objects.filter(pk=row.pk).update(title="新")
        with scope(SOMEBODY):
            assert title_of("a") == "新"


def test_what_is_rolled_back_is_not_kept(row):
    with transaction.atomic():
        ReasonCode.objects.filter(pk=row.pk).update(title="新")
        with scope(SOMEBODY):
            assert title_of("a") == "新"
        transaction.set_rollback(True)
    with scope(SOMEBODY):
        assert title_of("a") == "旧"


def test_a_loader_keeps_answers_about_what_it_has_written(row):
    with transaction.atomic():
        ReasonCode.objects.filter(pk=row.pk).update(title="新")
        with settled(), scope(SOMEBODY):
            assert title_of("a") == title_of("a") == "新"
    assert asked == ["a"]


def test_a_writer_of_the_registry_reads_its_own_change(fresh_database):
    place = register_institution(by=SOMEBODY, name="甲医院", category="A100", founded_on=date(2000, 1, 1))
    with scope(SOMEBODY):
        assert institution(place.pk).name == "甲医院"
        change_institution(Institution.objects.get(pk=place.pk), by=SOMEBODY, short_name="甲")
        assert institution(place.pk).short_name == "甲"


def test_the_app_cannot_turn_the_epoch_itself(fresh_database):
    with connections["default"].cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("update almanac_epoch set epoch = 0")


def test_a_reason_nobody_declared_is_none(fresh_database):
    with scope(SOMEBODY):
        assert reason("test", "missing") is None

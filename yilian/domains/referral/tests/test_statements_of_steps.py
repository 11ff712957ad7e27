"""Opening, sending and accepting a referral send few statements to the database: each costs time on both sides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from yilian.domains.referral.tests.cast import Cast
from yilian.kernel.access.scope import all_or_nothing, scope
from yilian.kernel.almanac.keeping import settled
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Patient
from yilian.registry.patients import register_patient

OPEN_AND_SEND, ACCEPT = 14, 6
"""Within a scope, as an operation of the interface takes them, once what rarely changes is remembered."""


@contextmanager
def listening() -> Iterator[list[str]]:
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent


def opened_and_sent(cast: Cast, **changes: Any) -> Case:
    def send(case: Case) -> None:
        take(case, "send", by=cast.township)

    return open_case("referral", by=cast.township, answers=cast.answers | changes, then=send)


def somebody_else(cast: Cast) -> Patient:
    return register_patient(by=cast.township, name="孙秀兰", birth_on=date(1960, 5, 2))[0]


def test_opening_and_sending_send_few_statements(cast):
    with settled():
        with scope(cast.township):
            opened_and_sent(cast, patient=somebody_else(cast).pk)
        with scope(cast.township), all_or_nothing(), listening() as sent:
            opened_and_sent(cast)
    assert len(sent) <= OPEN_AND_SEND, "\n".join(sent)


def test_accepting_sends_few_statements(cast):
    with settled():
        with scope(cast.township):
            case = opened_and_sent(cast)
        with scope(cast.county), all_or_nothing(), listening() as sent:
            take(case, "accept", by=cast.county)
    assert len(sent) <= ACCEPT, "\n".join(sent)

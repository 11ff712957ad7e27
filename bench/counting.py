"""How many statements a request sends to the database: the same request, handled in this process and listened to."""

from typing import Any

import orjson
from django.db import connection
from django.test import Client as Visitor

from bench.clients import Call


def statements_of(call: Call) -> int:
    """Return how many statements the request sends, after the same process has answered others of its kind."""
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    body = b"" if call.body is None else orjson.dumps(call.body)
    with connection.execute_wrapper(listen):
        answer = Visitor(SERVER_NAME="localhost").generic(
            call.method, call.path, body, content_type="application/json", headers=dict(call.headers)
        )
    if answer.status_code != call.expected:
        raise RuntimeError(f"{call.method} {call.path}: {answer.status_code} {answer.content[:500].decode()}")
    if call.then:
        call.then(answer.content)
    return len(sent)

"""PostgreSQL over its own rows: for installations that keep no lake, and for numbers of this moment."""

from typing import Any

from django.db import DatabaseError, connections

from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, Answer, EngineError, Question, answered
from yilian.kernel.indicators.live_sql import Statement, source


class PostgresEngine:
    """Asks one connection: what it may see is counted, everything for the owner of the tables."""

    name = "PostgreSQL"

    def __init__(self, alias: str = "default") -> None:
        self.alias = alias

    @property
    def version(self) -> str:
        """The version of the server."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute("show server_version")
            return str(cursor.fetchone()[0])

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each group that has any; raise EngineError, and FedOnlyError for a fact without a view."""
        sql, values = statement(question)
        try:
            with connections[self.alias].cursor() as cursor:
                cursor.execute(sql, values)
                return [answered(row) for row in cursor.fetchall()]
        except DatabaseError as error:
            raise EngineError(f"PostgreSQL: {str(error).splitlines()[0]}") from error


def statement(question: Question) -> tuple[str, list[Any]]:
    """Return the SQL of a question with the values for its places."""
    said = Statement()
    months, firsts = list(question.months), list(question.months.values())
    place = f'f."{question.at}"' if INSTITUTION in question.by else "null::int"
    circle = "f.consortium" if CONSORTIUM in question.by else "null::int"
    counted = ", ".join(said.aggregate(tree) for tree in question.trees)
    sql = f"""select {place}, {circle}, (%s::int[])[array_position(%s::int[], f.month)], {counted}
        from {source(question.fact, question.trees)}
        where f."{question.at}" is not null and f.month = any(%s::int[]) group by 1, 2, 3"""
    return sql, [firsts, months, *said.values, months]

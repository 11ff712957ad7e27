"""Spark through Spark Connect, for platforms that have a cluster: it reads the files of the lake itself.

The folder of the lake has to be mounted at the same place on the cluster. Nothing of Java is needed here.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from yilian.kernel.indicators.engines.duck import files_of
from yilian.kernel.indicators.engines.expressions import MEMBERS, SPAN, WRITER, needed, span_sql, sql
from yilian.kernel.indicators.engines.question import Answer, EngineError, Question, answered
from yilian.kernel.lake.manifest import Manifest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "8", "spark.sql.ansi.enabled": "true"}
PORT, PATIENCE = 15002, 10.0
MEMBER_COLUMNS = "institution int, consortium int, month int"


class SparkEngine:
    """Asks a Spark Connect server at an address such as sc://host:15002."""

    name = "Spark"

    def __init__(self, address: str, manifest: Manifest) -> None:
        self.address = address
        self.manifest = manifest

    @property
    def version(self) -> str:
        """The versions of the cluster and of what writes its SQL. Raises EngineError."""
        with self._asking() as session:
            return f"{session.version} {WRITER}"

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each group that has any; raise EngineError."""
        with self._asking() as session:
            self._give(session, question)
            return [answered(row) for row in session.sql(sql(question, "pyspark")).collect()]

    @contextmanager
    def _asking(self) -> Iterator["SparkSession"]:
        from grpc import RpcError
        from pyspark.errors import PySparkException

        try:
            session = self._session()
            try:
                yield session
            finally:
                session.stop()
        except (PySparkException, RpcError, OSError) as error:
            raise EngineError(f"Spark {self.address}: {str(error).splitlines()[0]}") from error

    def _session(self) -> "SparkSession":
        from pyspark.sql import SparkSession

        self._knock()  # the client itself would try again for minutes
        session = SparkSession.builder.remote(self.address).create()
        for name, value in SETTINGS.items():
            session.conf.set(name, value)
        return session

    def _knock(self) -> None:
        """Raise OSError when nobody listens at the address."""
        there = urlsplit(self.address)
        socket.create_connection((there.hostname or "", there.port or PORT), PATIENCE).close()

    def _give(self, session: "SparkSession", question: Question) -> None:
        """Name the rows that the expression speaks of."""
        for fact, months in needed(question):
            paths = [str(path) for path in files_of(self.manifest, fact, months)]
            rows = session.read.parquet(*paths).selectExpr("*", f"{span_sql(months)} as {SPAN}")
            rows.createOrReplaceTempView(fact.key)
        if question.needs_members:
            members = session.createDataFrame(list(question.members), MEMBER_COLUMNS)
            members.createOrReplaceTempView(MEMBERS)

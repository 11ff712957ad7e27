"""DuckDB over the lake, inside this process: what an installation uses unless it names something else."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from yilian.kernel.indicators.engines.expressions import MEMBERS, WRITER, needed, sql
from yilian.kernel.indicators.engines.question import Answer, EngineError, Question, answered
from yilian.kernel.lake.duck import duck, listed
from yilian.kernel.lake.fact import Fact
from yilian.kernel.lake.manifest import Manifest

if TYPE_CHECKING:
    import duckdb


class DuckEngine:
    """Reads the files that a manifest names; bounded in memory, spilling beside the lake."""

    name = "DuckDB"

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    @property
    def version(self) -> str:
        """The versions of the engine and of what writes its SQL."""
        import duckdb

        return f"{duckdb.__version__} {WRITER}"

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each group that has any; raise EngineError."""
        import duckdb

        try:
            with duck(self.manifest.folder) as connection:
                self._give(connection, question)
                return [answered(row) for row in connection.execute(sql(question, "duckdb")).fetchall()]
        except duckdb.Error as error:
            raise EngineError(f"DuckDB: {str(error).splitlines()[0]}") from error

    def _give(self, connection: "duckdb.DuckDBPyConnection", question: Question) -> None:
        """Name the rows that the expression speaks of."""
        for fact, months in needed(question):
            files = listed(files_of(self.manifest, fact, months))
            connection.execute(f'create view "{fact.key}" as select * from read_parquet({files})')
        if question.needs_members:
            connection.execute(f"create table {MEMBERS} (institution int, consortium int, month int)")
            connection.execute(
                f"insert into {MEMBERS} select unnest(?), unnest(?), unnest(?)", list(_columns(question))
            )


def _columns(question: Question) -> Iterable[list[int]]:
    return ([row[place] for row in question.members] for place in range(3))


def files_of(manifest: Manifest, fact: Fact, months: Iterable[int]) -> list[Path]:
    """Return the files that hold these months of a fact, or the one without rows."""
    wanted = set(months)
    chosen = [manifest.folder / part.file for part in manifest.of(fact.key) if part.month in wanted]
    return chosen or manifest.files(fact.key, 1, 0)

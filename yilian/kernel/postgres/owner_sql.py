"""A migration operation for SQL that speaks of the app role."""

from django.conf import settings
from django.db import migrations


class OwnerSQL(migrations.RunSQL):
    """SQL run by the owner, forward only; `{app}` stands for the role of web and worker."""

    def __init__(self, sql: str) -> None:
        self.raw = sql
        super().__init__(sql.replace("{app}", settings.APP_ROLE), migrations.RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.raw], {})

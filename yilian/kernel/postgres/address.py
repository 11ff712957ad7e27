"""Addresses of databases: host, port, name, role and password, in the forms psycopg and Django want."""

from dataclasses import dataclass, field, replace
from typing import Any

from psycopg.conninfo import conninfo_to_dict

PARTS = ("host", "port", "dbname", "user", "password")


@dataclass(frozen=True)
class Address:
    """One database as one role. `extra` holds further connection parameters such as sslmode."""

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False)
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str) -> "Address":
        """Read `postgresql://user:password@host:port/name?sslmode=…`. Raises ValueError with a sentence."""
        try:
            given = conninfo_to_dict(url)
        except Exception as error:
            raise ValueError(f"The database address cannot be read ({error}).") from error
        if not given.get("dbname") or not given.get("user"):
            raise ValueError(
                "The database address must name a role and a database: postgresql://role:password@host/name"
            )
        known = {part: str(given.pop(part, "") or "") for part in PARTS}
        return cls(
            host=known["host"],
            port=known["port"] or "5432",
            database=known["dbname"],
            user=known["user"],
            password=known["password"],
            extra=dict(given),
        )

    def acting_as(self, user: str, password: str) -> "Address":
        """Return the same database under another role."""
        return replace(self, user=user, password=password)

    def named(self, database: str) -> "Address":
        """Return another database of the same server, as the same role."""
        return replace(self, database=database)

    def for_psycopg(self) -> dict[str, Any]:
        """Return keyword arguments for `psycopg.connect`."""
        parts = {"host": self.host, "port": self.port, "dbname": self.database, "user": self.user}
        return {**parts, "password": self.password, **self.extra}

    def for_django(self) -> dict[str, Any]:
        """Return the parts of an entry in DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.database,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.extra),
        }

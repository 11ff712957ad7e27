"""What a command may fail with and still end in one sentence."""

import psycopg
from django.core.management.base import CommandError
from django.db import DatabaseError

from yilian.kernel.postgres.account import NoAccount
from yilian.kernel.postgres.binaries import NoBinaries
from yilian.kernel.postgres.roles import RolesMissing
from yilian.kernel.postgres.server import ServerFailed


class CommandRefused(RuntimeError):
    """The command cannot be carried out; the message says why and what to do."""


FAILURES = (
    CommandRefused,
    CommandError,
    NoAccount,
    NoBinaries,
    RolesMissing,
    ServerFailed,
    DatabaseError,
    psycopg.Error,
)

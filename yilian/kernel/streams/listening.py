"""Listening to the database: one connection of its own that hears what every transaction tells at commit."""

import asyncio
import logging

import psycopg
from psycopg import sql

from yilian.kernel.postgres.address import Address
from yilian.kernel.streams.hub import Change, Hub
from yilian.kernel.streams.telling_sql import CHANNEL

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds before a lost connection is sought again
CHECK = 15.0  # seconds without a word after which the connection is tried


async def listen(hub: Hub, address: Address) -> None:
    """Tell the hub of every change, for ever; after a lost connection everybody is told to ask again."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**address.for_psycopg(), autocommit=True) as connection:
                await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                hub.tell_all_to_ask_again()
                await _hear(connection, hub)
        except psycopg.Error as error:
            log.warning("the database is away (%s)", type(error).__name__)
        await asyncio.sleep(PAUSE)


async def _hear(connection: psycopg.AsyncConnection, hub: Hub) -> None:
    while True:
        async for notification in connection.notifies(timeout=CHECK):
            try:
                hub.tell(Change.parse(notification.payload))
            except ValueError:
                log.warning("unreadable notification")
        await connection.execute("select 1")

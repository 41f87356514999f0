"""One watcher in each process sees what any process has committed (DESIGN D9)."""

import asyncio
import logging
import sqlite3
from contextlib import closing

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from loket.base.sqlite.reading import read_only
from loket.live.hub import Hub, known

log = logging.getLogger(__name__)

# How long a change may stay unseen: on SQLite each server process asks so often, also when nothing happens;
# on PostgreSQL it waits so long before it answers to the next call.
POLL_SECONDS = 0.06
# PostgreSQL: a wake-up can be lost with its connection; the table is read this often anyway.
SAFETY_SECONDS = 5
RETRY_SECONDS = 1


async def watch(hub: Hub) -> None:
    """Keep the hub told, for as long as the process lives; ended by cancelling it."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        await watch_sqlite(hub, str(connection.settings_dict["NAME"]))
    else:
        await watch_postgresql(hub, connection.get_connection_params())


async def watch_sqlite(hub: Hub, path: str) -> None:
    """`data_version` counts up with each commit of another connection; asking costs microseconds."""
    while True:
        try:
            with closing(read_only(path)) as connection:
                await _poll(hub, connection)
        except sqlite3.Error as failure:
            await _lost(hub, failure)


async def _poll(hub: Hub, connection: sqlite3.Connection) -> None:
    seen = 0
    while True:
        if not hub.topics:
            # Whoever has woken this may have left again.
            hub.take_wake()
            await hub.woken(60)
            continue
        now = connection.execute("PRAGMA data_version").fetchone()[0]
        if hub.take_wake() or now != seen:
            hub.tell(_read_sqlite(connection, hub.topics))
            seen = now
        await asyncio.sleep(POLL_SECONDS)


def _read_sqlite(connection: sqlite3.Connection, topics: list[str]) -> dict[str, int]:
    marks = ",".join("?" * len(topics))
    question = f"SELECT name, version FROM live_topic WHERE name IN ({marks})"  # noqa: S608 - only question marks
    return known(connection.execute(question, topics), topics)


async def watch_postgresql(hub: Hub, parameters: dict) -> None:
    """Listen; after a restart of the server come back and read what was missed."""
    parameters = {name: parameters[name] for name in parameters.keys() - {"cursor_factory", "context"}}
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as connection:
                await _follow(hub, connection)
        except psycopg.Error as failure:
            await _lost(hub, failure)


async def _lost(hub: Hub, failure: Exception) -> None:
    log.warning("The live stream lost the database and tries again: %s", failure)
    # What was known may be old by the time it is back.
    hub.versions.clear()
    await asyncio.sleep(RETRY_SECONDS)


async def _follow(hub: Hub, connection: psycopg.AsyncConnection) -> None:
    loop = asyncio.get_running_loop()
    # A notification may come with the answer to a question, or while nothing is asked.
    connection.add_notify_handler(lambda _: hub.wake())
    await connection.execute("LISTEN loket_live")
    while True:
        hub.take_wake()
        hub.tell(await _read_postgresql(connection, hub.topics))
        # Each number calls; to follow every one took as much of the processor as a page.
        await asyncio.sleep(POLL_SECONDS)
        loop.add_reader(connection.fileno(), hub.wake)
        try:
            await hub.woken(SAFETY_SECONDS)
        finally:
            loop.remove_reader(connection.fileno())


async def _read_postgresql(connection: psycopg.AsyncConnection, topics: list[str]) -> dict[str, int]:
    found = await connection.execute("SELECT name, version FROM live_topic WHERE name = ANY(%s)", [topics])
    return known(await found.fetchall(), topics)

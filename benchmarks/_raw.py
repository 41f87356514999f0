"""The limit for taking a number: the bare engine doing the same four writes in one transaction.

One row of the guest book, the next number of a counter row, the ticket, the event; durable (FULL).
"""

import os
import sqlite3
import threading
import time
from pathlib import Path
from uuid import uuid4

import psycopg

from benchmarks._load import Timings, closed_loop

TABLES = """
CREATE TABLE visit (id INTEGER PRIMARY KEY, office INT, day TEXT, at TEXT, name TEXT, request TEXT);
CREATE TABLE series (office INT, day TEXT, letter TEXT, last INT, UNIQUE (office, day, letter));
CREATE TABLE ticket (id INTEGER PRIMARY KEY, office INT, day TEXT, letter TEXT, number INT, token TEXT UNIQUE,
    state TEXT, visit INT, taken_at TEXT, UNIQUE (office, day, letter, number));
CREATE INDEX waiting ON ticket (office, taken_at) WHERE state = 'waiting';
CREATE TABLE event (id INTEGER PRIMARY KEY, office INT, seq INT, kind TEXT, data TEXT, UNIQUE (office, seq));
INSERT INTO series VALUES (1, '2026-11-23', 'A', 0);
"""
TAKE = (
    "UPDATE series SET last = last + 1"
    " WHERE office = 1 AND day = '2026-11-23' AND letter = 'A' RETURNING last"
)
VISIT = (
    "INSERT INTO visit (office, day, at, name, request)"
    " VALUES (1, '2026-11-23', '2026-11-23 08:00:00', 'Budi', 'Data penduduk menurut umur') RETURNING id"
)
TICKET = (
    "INSERT INTO ticket (office, day, letter, number, token, state, visit, taken_at)"
    " VALUES (1, '2026-11-23', 'A', ?, ?, 'waiting', ?, '2026-11-23 08:00:00')"
)
EVENT = "INSERT INTO event (office, seq, kind, data) VALUES (1, ?, 'ticket.take', '{\"label\": \"A-001\"}')"


def syncs_per_second(folder: Path, seconds: float = 0.5) -> float:
    """How often this disk can be made to keep 4 KB: beside every rate, because it bounds it."""
    handle = os.open(folder / "sync", os.O_RDWR | os.O_CREAT)
    block, count, begun = b"x" * 4096, 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        os.pwrite(handle, block, (count % 256) * 4096)
        os.fdatasync(handle)
        count += 1
    os.close(handle)
    return count / (time.perf_counter() - begun)


def sqlite_cpu(folder: Path, times: int = 2000) -> float:
    """Milliseconds of CPU for one transaction, one thread."""
    connection = _sqlite(folder)
    _issue_sqlite(connection)
    begun = time.process_time()
    for _ in range(times):
        _issue_sqlite(connection)
    return (time.process_time() - begun) / times * 1000


def sqlite_locked(folder: Path, clients: int, seconds: float) -> Timings:
    """`clients` threads with a mutex in front of BEGIN IMMEDIATE: how many writers are served best."""
    _sqlite(folder).close()
    lock = threading.Lock()

    def act_for(_: int):
        connection = _sqlite(folder)

        def act() -> None:
            with lock:
                _issue_sqlite(connection)

        return act

    return closed_loop([act_for(k) for k in range(clients)], seconds)


def postgresql_counter(address: str, clients: int, seconds: float) -> Timings:
    """`clients` connections on one counter row."""
    schema = f"raw_{uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as setup:
        setup.execute(f"CREATE SCHEMA {schema}")
        setup.execute(f"SET search_path TO {schema}")
        setup.execute(
            TABLES.replace("INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        )
    opened = []

    def act_for(_: int):
        connection = psycopg.connect(address, options=f"-c search_path={schema}", autocommit=True)
        opened.append(connection)
        return lambda: _issue_postgresql(connection)

    try:
        return closed_loop([act_for(k) for k in range(clients)], seconds)
    finally:
        for connection in opened:
            connection.close()
        with psycopg.connect(address, autocommit=True) as cleanup:
            cleanup.execute(f"DROP SCHEMA {schema} CASCADE")


def _sqlite(folder: Path) -> sqlite3.Connection:
    path = folder / "raw.sqlite3"
    fresh = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    if fresh:
        connection.executescript(TABLES)
    return connection


def _issue_sqlite(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    number = connection.execute(TAKE).fetchone()[0]
    visit = connection.execute(VISIT).fetchone()[0]
    connection.execute(TICKET, [number, uuid4().hex, visit])
    connection.execute(EVENT, [number])
    connection.execute("COMMIT")


def _issue_postgresql(connection: psycopg.Connection) -> None:
    with connection.transaction():
        number = connection.execute(TAKE).fetchone()[0]
        visit = connection.execute(VISIT).fetchone()[0]
        connection.execute(TICKET.replace("?", "%s"), [number, uuid4().hex, visit])
        connection.execute(EVENT.replace("?", "%s"), [number])

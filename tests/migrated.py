"""Databases with tables in them, for programs that tests serve: migrating takes seconds, copying none."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.ending import at_the_end
from tests.served import Served


@contextmanager
def migrated(home: Path) -> Iterator[str]:
    """The address for LOKET_DATABASE of a database without any rows, on what the tests run on."""
    if on_sqlite():
        shutil.copytree(empty_home(), home, dirs_exist_ok=True)
        yield "sqlite"
        return
    with database(template=_template()) as address:
        yield address


@contextmanager
def unmigrated() -> Iterator[str]:
    """The same without tables."""
    if on_sqlite():
        yield "sqlite"
        return
    with database() as address:
        yield address


def on_sqlite() -> bool:
    return os.environ.get("LOKET_DATABASE", "sqlite") == "sqlite"


@cache
def empty_home() -> Path:
    """A home with a migrated SQLite database, made once in each process that runs tests."""
    folder = Path(at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="loket-empty-")))
    Served(folder).command("migrate")
    return folder


def open_hall(served: Served) -> dict[str, Any]:
    """Put a home and a SQLite database with an open hall where the program will look for them.

    Says what tests.staging.hall says: who is signed in, which devices are paired.
    """
    folder, facts = _hall()
    shutil.copytree(folder, served.home, dirs_exist_ok=True)
    return facts


@cache
def _hall() -> tuple[Path, dict[str, Any]]:
    folder = Path(at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="loket-hall-")))
    shutil.copytree(empty_home(), folder, dirs_exist_ok=True)
    return folder, Served(folder).stage("hall")


@contextmanager
def database(template: str = "template1") -> Iterator[str]:
    """A new database on the server that the tests run on, dropped in the end."""
    name = f"loket_place_{uuid4().hex[:10]}"
    with _server() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        try:
            yield _address(name)
        finally:
            _drop(connection, name)


@cache
def _template() -> str:
    """A migrated database for others to be copied from; each run of a process begins it anew."""
    name = f"loket_template_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with _server() as connection:
        _drop(connection, name)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with tempfile.TemporaryDirectory() as home:
        Served(Path(home), _address(name)).command("migrate")
    return name


def _server() -> psycopg.Connection:
    return psycopg.connect(_address("postgres"), autocommit=True)


def _address(name: str) -> str:
    head, _, options = os.environ["LOKET_DATABASE"].partition("?")
    return f"{head[: head.rindex('/')]}/{name}?{options}"


def _drop(connection: psycopg.Connection, name: str) -> None:
    # WITH FORCE: a process that a test has killed may not have hung up yet.
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

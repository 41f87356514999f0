"""Databases with tables in them, for programs that tests serve: migrating takes seconds, copying none."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.ending import once_a_run
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


def empty_home() -> Path:
    """A home with a migrated SQLite database, to be copied."""
    return once_a_run("empty", lambda folder: Served(folder).command("migrate"))


def open_hall(served: Served) -> dict[str, Any]:
    """Put a home and a SQLite database with an open hall where the program will look for them.

    Says what tests.staging.hall says: who is signed in, which devices are paired.
    """
    folder = once_a_run("hall", _make_hall)
    shutil.copytree(folder / "home", served.home, dirs_exist_ok=True)
    return json.loads((folder / "facts.json").read_text())


def _make_hall(folder: Path) -> None:
    shutil.copytree(empty_home(), folder / "home")
    (folder / "facts.json").write_text(json.dumps(Served(folder / "home").stage("hall")))


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


def _template() -> str:
    """A migrated database for others to be copied from; each run of the tests begins it anew."""
    name = f"{_name_of_the_tests()}_template"

    def make(home: Path) -> None:
        with _server() as connection:
            _drop(connection, name)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        Served(home, _address(name)).command("migrate")

    once_a_run("template", make)
    return name


def _server() -> psycopg.Connection:
    return psycopg.connect(_address("postgres"), autocommit=True)


def _name_of_the_tests() -> str:
    return os.environ["LOKET_DATABASE"].partition("?")[0].rpartition("/")[2]


def _address(name: str) -> str:
    head, _, options = os.environ["LOKET_DATABASE"].partition("?")
    return f"{head[: head.rindex('/')]}/{name}?{options}"


def _drop(connection: psycopg.Connection, name: str) -> None:
    # WITH FORCE: a process that a test has killed may not have hung up yet.
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

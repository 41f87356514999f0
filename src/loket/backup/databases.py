"""Copying a database while people work with it, and putting a copy back into an empty place."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.sqlite3._functions import register

from loket.backup import BackupRefused
from loket.base.sqlite.reading import read_only

# A copy must open no door: sessions end, devices are paired again after a restore.
NO_DOORS = [
    "DELETE FROM django_session",
    "UPDATE people_device SET token_digest = NULL, pairing_code = NULL, pairing_expires_at = NULL",
]


@contextmanager
def refusing_damage() -> Iterator[None]:
    """SQLite says so itself where it comes upon a damaged page."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        if not any(words in str(fault) for words in ("malformed", "not a database")):
            raise
        raise BackupRefused(_damaged(str(fault))) from fault


def copy_sqlite(settings: dict[str, Any], target: Path) -> None:
    """Refuses BackupRefused when the database is damaged: a copy of it could never be put back."""
    with (
        closing(read_only(settings["NAME"])) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # In one step: with several, each change meanwhile would start it anew.
        source.backup(copy)
        if (answer := _examined(copy)) != "ok":
            raise BackupRefused(_damaged(answer))
        copy.execute("PRAGMA journal_mode=DELETE")
        # What is deleted is also overwritten in the file.
        copy.execute("PRAGMA secure_delete=ON")
        _close_doors(copy)


def check_empty() -> None:
    """Refuses BackupRefused when there is a database already, or anything in PostgreSQL's."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        if _things():
            raise BackupRefused(
                f"The database {name} is not empty. A restore overwrites nothing:"
                " make an empty one and set LOKET_DATABASE to it."
            )
        return
    # Also what would be taken for the log of the one that is put there.
    for target in (Path(name), Path(f"{name}-wal"), Path(f"{name}-journal")):
        if target.exists():
            raise BackupRefused(
                f"There is a database already ({target}). A restore overwrites nothing: move it away first,"
                " or set LOKET_HOME to an empty folder."
            )


@contextmanager
def from_sqlite(copy: Path) -> Iterator[None]:
    """The program works in the copy; it is moved to its place when that went well.

    Refuses BackupRefused when the copy is damaged.
    """
    with closing(sqlite3.connect(copy)) as opened:
        answer = _examined(opened)
    if answer != "ok":
        raise BackupRefused(f"The database in the backup is damaged ({answer}).")
    copy.chmod(0o600)
    target = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(copy)
    try:
        yield
    finally:
        # The last one who closes it puts everything from the log into the file.
        connection.close()
        connection.settings_dict["NAME"] = target
    os.replace(copy, target)


def _examined(database: sqlite3.Connection) -> str:
    # The check also asks every CHECK constraint, and those use functions that Django brings.
    register(database)
    try:
        return database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        return str(fault)


def _damaged(answer: str) -> str:
    return (
        f"The database is damaged ({answer}), so no backup was written. Keep the older backups, stop the"
        " program and restore the latest of them."
    )


def copy_postgresql(settings: dict[str, Any], target: Path) -> None:
    _run(
        "pg_dump", settings, "--format=custom", "--no-owner", "--no-acl",
        "--exclude-table-data=django_session", f"--file={target}",
    )  # fmt: skip


@contextmanager
def from_postgresql(copy: Path, settings: dict[str, Any]) -> Iterator[None]:
    """The copy is put back; the database is empty again when what the program then does there fails."""
    connection.close()
    # Comments are those of extensions, and only whoever owns one may say them again.
    _run(
        "pg_restore", settings, "--no-owner", "--no-acl", "--no-comments", "--single-transaction",
        "--exit-on-error", str(copy),
    )  # fmt: skip
    try:
        with connection.cursor() as cursor:
            _close_doors(cursor)
        yield
    except BaseException:
        _empty()
        raise


def _things() -> list[str]:
    """What is in PostgreSQL's database, each as words that follow DROP; not what its extensions brought."""
    with connection.cursor() as cursor:
        cursor.execute(THINGS)
        return [f"{kind} IF EXISTS {name} CASCADE" for kind, name in cursor.fetchall()]


THINGS = """
    SELECT thing.type, thing.identity
    FROM pg_depend, pg_identify_object(classid, objid, 0) AS thing
    WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace
      AND classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass)
      AND NOT EXISTS (
          SELECT FROM pg_depend AS brought
          WHERE (brought.classid, brought.objid) = (pg_depend.classid, pg_depend.objid)
            AND brought.deptype = 'e'
      )
"""


def _empty() -> None:
    connection.close()
    with transaction.atomic(), connection.cursor() as cursor:
        for thing in _things():
            cursor.execute(f"DROP {thing}")


def _close_doors(connection) -> None:
    for statement in NO_DOORS:
        connection.execute(statement)


def _run(tool: str, settings: dict[str, Any], *words: str) -> None:
    path = shutil.which(tool)
    if path is None:
        raise BackupRefused(f"{tool} is missing: install postgresql-client (as root: apt install it).")
    parameters = _parameters(settings)
    target = ["--dbname", str(parameters["dbname"])] if tool == "pg_restore" else []
    done = subprocess.run(  # noqa: S603 - a fixed program and our own words
        [path, *target, *words], env=os.environ | _environment(parameters), capture_output=True, text=True
    )
    if done.returncode:
        raise BackupRefused(f"{tool} could not do it: {_reason(done.stderr)}")


def _reason(said: str) -> str:
    # Behind the reason stands the statement that failed, in as many lines as it has.
    lines = said.strip().splitlines() or ["no reason given"]
    return next((line for line in lines if "error: " in line), lines[-1])


def _environment(parameters: dict[str, Any]) -> dict[str, str]:
    """The address, all of it: a command line can be read by everybody on the machine."""
    from psycopg.pq import Conninfo

    names = {each.keyword.decode(): each.envvar.decode() for each in Conninfo.get_defaults() if each.envvar}
    return {names[name]: str(value) for name, value in parameters.items() if name in names}


def _parameters(settings: dict[str, Any]) -> dict[str, Any]:
    given = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    return {name: value for name, value in given.items() if value} | settings.get("OPTIONS", {})

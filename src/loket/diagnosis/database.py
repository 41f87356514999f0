"""The database: is it there, of this program's version, whole, and older than now."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from loket.base import sql
from loket.base.models import Event
from loket.diagnosis.findings import Finding, fault, good, hint

OLDEST_POSTGRESQL = 150000
# With one of these off PostgreSQL says that it kept what the disk has not.
PROMISES = ("fsync", "full_page_writes", "synchronous_commit")


def reachable(at: datetime) -> Iterator[Finding]:
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        # Looking into it would make it, and for root a file that only root can write.
        yield fault("database: there is none yet; run loket migrate.", ends_here=True)
    elif (reason := why_away()) and connection.vendor == "sqlite":
        yield fault(f"database: it cannot be opened ({reason}).", ends_here=True)
    elif reason:
        yield fault(
            f"database: it does not answer ({reason}); look whether its server runs and LOKET_DATABASE is"
            " right.",
            ends_here=True,
        )
    elif connection.vendor == "sqlite":
        yield good(f"database: SQLite, {connection.settings_dict['NAME']}")
    elif connection.pg_version < OLDEST_POSTGRESQL:  # type: ignore[attr-defined]
        yield fault("database: this PostgreSQL is older than 15; upgrade it.")
    else:
        yield good(f"database: PostgreSQL, {connection.settings_dict['NAME']}")


def fitting(at: datetime) -> Iterator[Finding]:
    if reason := why_unfit():
        yield fault(f"database: {reason}", ends_here=True)


def upgraded(at: datetime) -> Iterator[Finding]:
    missing = missing_migrations()
    if missing:
        yield fault(
            f"database: {missing} steps behind this program; make a backup and run loket migrate.",
            ends_here=True,
        )
    elif newer := unknown_migrations():
        yield hint(
            f"database: a newer Loket was at work here (it knows {newer[0]}). The version before that one"
            " still runs on its tables; an older one does not, so install the newer one again."
        )
    else:
        yield good("database: up to date with this program")


def whole(at: datetime) -> Iterator[Finding]:
    """SQLite can check itself; PostgreSQL does so while it works."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if answer != "ok":
        yield fault(f"database: it is damaged ({answer}); stop the program and restore the latest backup.")
    if mode != "wal":
        yield fault("database: no write-ahead log; LOKET_HOME must lie on a local disk, not a network one.")
    if (answer, mode) == ("ok", "wal"):
        yield good("database: whole")


def kept(at: datetime) -> Iterator[Finding]:
    """Whether PostgreSQL keeps its promise; SQLite is told to by the program itself."""
    if connection.vendor != "postgresql":
        return
    broken = [name for name in PROMISES if sql.one(f"SHOW {name}") == ("off",)]
    for name in broken:
        yield fault(
            f"database: PostgreSQL runs with {name} = off, so a power cut takes numbers that were given;"
            f" set {name} = on in postgresql.conf and reload."
        )
    if not broken:
        yield good("database: PostgreSQL waits until the disk has kept what it says")


def clock(at: datetime) -> Iterator[Finding]:
    latest = Event.objects.order_by("-at", "-pk").values_list("at", flat=True).first()
    if latest and latest > at + timedelta(minutes=1):
        yield fault(
            f"clock: it says {at:%d-%m-%Y %H:%M} UTC, but something happened at {latest:%d-%m-%Y %H:%M} UTC;"
            " set the clock, and keep it right with NTP."
        )
    else:
        yield good(f"clock: {at:%d-%m-%Y %H:%M:%S} UTC, after everything that is on record")


def is_reachable() -> bool:
    return not why_away()


def why_away() -> str:
    """Nothing when it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return str(error).partition("\n")[0] or type(error).__name__
    return ""


def why_unfit() -> str:
    """Why tables cannot be made where PostgreSQL answers, or not hold every name; nothing when they can."""
    if connection.vendor != "postgresql":
        return ""
    (encoding,) = sql.one("SHOW server_encoding")
    if encoding != "UTF8":
        return (
            f"its encoding is {encoding}, which cannot hold every name;"
            " make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0."
        )
    role, schema, may = sql.one(
        "SELECT current_user, current_schema(), has_schema_privilege(current_schema(), 'CREATE')"
    )
    if may or not missing_migrations():
        return ""
    return (
        f"{role} may not make tables in it; as an administrator of PostgreSQL run there"
        f" GRANT USAGE, CREATE ON SCHEMA {schema or 'public'} TO {role};"
    )


def missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def unknown_migrations() -> list[str]:
    """What was applied by a newer program."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied.keys() - known_migrations())


def known_migrations(ours: Iterable[Migration] | None = None) -> set[tuple[str, str]]:
    """This program's, or `ours`; with those that one of them stands for, also when they are gone."""
    ours = MigrationLoader(None).disk_migrations.values() if ours is None else ours
    return {name for each in ours for name in ((each.app_label, each.name), *each.replaces)}

"""The words of consultations and of their askers' names, kept by the database itself.

PostgreSQL keeps them in two indexes, SQLite in two FTS5 tables that triggers follow; no action writes
them, and what is deleted or emptied is out of them at once. Made after every migration: a migration that
changes a table of SQLite's makes the table anew, and its triggers are gone with the old one
(docs/decisions/0036-words-in-the-database.md).
"""

from django.db import connection, connections, transaction

from loket.base import sql

# The FTS5 table, the table it follows, and its columns.
FOLLOWED = (
    ("consultations_words", "consultations_consultation", ("subject", "question")),
    ("consultations_askers", "people_user", ("name",)),
)
# Beginnings of so many letters are found at once; longer ones are put together from the words they begin.
PREFIXES = "3 4 5 6 7 8"
POSTGRESQL = (
    # No word is longer than an index takes, and no text longer than a tsvector takes.
    """CREATE OR REPLACE FUNCTION loket_words(office bigint, said text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_to_tsvector(array_agg(DISTINCT office || '.' || left(word, 60))), ''::tsvector)
        FROM regexp_split_to_table(lower(left(said, 50000)), '[^[:alnum:]]+') AS word WHERE word <> '' $$""",
    """CREATE INDEX IF NOT EXISTS consultation_words ON consultations_consultation
        USING gin (loket_words(office_id, subject || ' ' || question))""",
    "CREATE INDEX IF NOT EXISTS user_words ON people_user USING gin (loket_words(0, name))",
)


def keep(using: str) -> None:
    """Make what is missing; a second time changes nothing."""
    database = connections[using]
    with transaction.atomic(using=using), database.cursor() as cursor:
        if database.vendor == "postgresql":
            for statement in POSTGRESQL:
                cursor.execute(statement)
            return
        for words, table, columns in FOLLOWED:
            _follow(cursor, words, table, columns)


def forget_deleted() -> None:
    """Rewrite SQLite's words: those of deleted texts lie in its tables until then, though never found."""
    if connection.vendor == "sqlite":
        for words, _, _ in FOLLOWED:
            sql.run(f"INSERT INTO {words} ({words}) VALUES ('optimize')")  # noqa: S608 - our own names


def _follow(cursor, words: str, table: str, columns: tuple[str, ...]) -> None:
    found = cursor.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{words}_%"]
    ).fetchone()[0]
    triggers = _triggers(words, table, columns)
    if found == len(triggers):
        return
    listed = ", ".join(columns)
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5({listed}, content='{table}',"
        f" content_rowid='id', detail=none, prefix='{PREFIXES}', tokenize='unicode61 remove_diacritics 0')"
    )
    for trigger in triggers:
        cursor.execute(trigger)
    cursor.execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")  # noqa: S608 - our own names


def _triggers(words: str, table: str, columns: tuple[str, ...]) -> list[str]:
    listed = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    add = f"INSERT INTO {words} (rowid, {listed}) VALUES (new.id, {new});"  # noqa: S608 - our own names
    remove = f"INSERT INTO {words} ({words}, rowid, {listed}) VALUES ('delete', old.id, {old});"  # noqa: S608
    return [
        f"CREATE TRIGGER IF NOT EXISTS {words}_{name} AFTER {event} ON {table} BEGIN {acts} END"
        for name, event, acts in (
            ("added", "INSERT", add),
            ("removed", "DELETE", remove),
            ("changed", f"UPDATE OF {listed}", f"{remove} {add}"),
        )
    ]

"""Deleted words leave the database file too: SQLite keeps them in free pages until it is rewritten."""

from django.db import connection

from loket.base.sqlite.base import queue_for


def sweep() -> None:
    """Rewrite an SQLite database so that nothing erased can be read in its file.

    Writers wait for it, about a second for each 100 MB. PostgreSQL does the like by itself; its dumps,
    and so our backups, never hold what was deleted.
    """
    if connection.vendor != "sqlite":
        return
    queue = queue_for(str(connection.settings_dict["NAME"]))
    queue.enter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        queue.leave()

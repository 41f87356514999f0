"""SQLite for many writers: they queue in front of BEGIN IMMEDIATE.

SQLite's own busy back-off lets late comers overtake; with 16 writers some waited for seconds.
Here each writer takes a place in line first: a fair lock among the threads of a process, then a
lock on a file among processes. Readers are never held up (WAL). docs/decisions/0003.

Whoever leaves the line has committed, and then waits for the disk while the next one writes:
docs/decisions/0040.
"""

import os
import sqlite3
import threading
from collections import deque
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from loket.base.sqlite.log import FULL, NORMAL, Log

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has one process here, so the thread lock is enough
    fcntl = None  # type: ignore[assignment]

NOT_KEPT = "The disk did not keep what was written"


class FairLock:
    """First come, first served, among threads."""

    def __init__(self):
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


class WriterQueue:
    """One line of writers for one database file, across threads and processes."""

    def __init__(self, path: str):
        self._threads = FairLock()
        self._path = f"{path}-writers"
        self._file: int | None = None
        self._pid = 0

    def enter(self) -> None:
        self._threads.acquire()
        try:
            if fcntl:
                fcntl.flock(self._handle(), fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def leave(self) -> None:
        try:
            if fcntl:
                fcntl.flock(self._handle(), fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _handle(self) -> int:
        # A forked child must not share its parent's lock.
        if self._file is None or self._pid != os.getpid():
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._pid = os.getpid()
        return self._file


_queues: dict[str, WriterQueue] = {}
_queues_guard = threading.Lock()


def queue_for(path: str) -> WriterQueue:
    with _queues_guard:
        return _queues.setdefault(path, WriterQueue(path))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a line in front of its transactions and the wait for the disk behind it."""

    _queue: WriterQueue | None = None
    # Of a connection that waits for the disk at each commit (synchronous=FULL).
    _log: Log | None = None
    _waits_later = False

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        (level,) = connection.execute("PRAGMA synchronous").fetchone()
        self._log = Log(str(self.settings_dict["NAME"])) if level == FULL else None
        return connection

    def ask(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        """The answer, without what Django's cursor would do around it; %s stands for each value."""
        if self.connection is None:
            self.ensure_connection()
        self.validate_no_broken_transaction()
        try:
            return self.connection.execute(_marked(statement), values)
        except sqlite3.Error:
            with self.wrap_database_errors:
                raise

    def _start_transaction_under_autocommit(self):
        name = str(self.settings_dict["NAME"])
        if "memory" not in name and self._queue is None:
            queue = queue_for(name)
            queue.enter()
            self._queue = queue
        try:
            self._begin()
        except BaseException:
            self._leave_queue()
            raise

    def _begin(self):
        if self.queries_logged:
            super()._start_transaction_under_autocommit()
            return
        if self._queue and self._log and self._log.is_there:
            self._wait_for_disk(later=True)
        self.ask("BEGIN IMMEDIATE")

    def _commit(self):
        # On failure the caller rolls back, and the rollback leaves the line.
        if self.queries_logged:
            super()._commit()
        elif self.connection is not None:
            self.ask("COMMIT")
        owed = self._log if self._waits_later else None
        self._leave_queue()
        if owed:
            self._keep(owed)

    def _keep(self, log: Log) -> None:
        """Nothing is acknowledged before; Django calls what waits for the commit after this."""
        try:
            log.keep()
        except OSError as failure:
            raise OperationalError(f"{NOT_KEPT}: {failure}") from failure
        finally:
            if log.may_have_a_hole:
                self._begin_log_anew(log)

    def _begin_log_anew(self, log: Log) -> None:
        """Everything moves into the database itself, so that nothing lies behind the hole."""
        with self.wrap_database_errors:
            (busy, *_) = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise OperationalError(f"{NOT_KEPT}: its log is read by others and could not be begun anew")
        log.may_have_a_hole = False

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            self._leave_queue()

    def _close(self):
        try:
            return super()._close()
        finally:
            self._waits_later = False
            self._leave_queue()
            if self._log:
                self._log.close()

    def _leave_queue(self):
        queue, self._queue = self._queue, None
        if queue:
            queue.leave()
        if self._waits_later:
            self._wait_for_disk(later=False)

    def _wait_for_disk(self, *, later: bool) -> None:
        """Each statement outside a transaction waits for itself, so this holds for one transaction."""
        self._waits_later = later
        self.connection.execute(f"PRAGMA synchronous={NORMAL if later else FULL}")


@lru_cache(maxsize=1024)
def _marked(statement: str) -> str:
    return statement.replace("%s", "?")

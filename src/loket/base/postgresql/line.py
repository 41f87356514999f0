"""Statements that go to PostgreSQL together, so that one wait answers them all (docs/decisions/0037).

A thread that waits gives the interpreter away and has to win it back, with the office's row locked.
So what nobody reads yet stays here, in order, until somebody reads something or the transaction ends.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from select import POLLIN, POLLOUT, poll
from typing import Any

from psycopg import Connection, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus

# A statement that is asked once or twice, with another number of places each time, is not worth a plan.
SEEN_BEFORE_KEPT = 3
MOST_KEPT = 500
BEGIN = "BEGIN"
# A transaction of its own that holds nothing and returns when the disk has kept all before it.
KEEP = "SELECT pg_logical_emit_message(true, 'loket', '')"
LOST = "the connection to PostgreSQL was lost"
# A plan is no use any more: its table looks different since, or the server has forgotten it.
OUTLIVED = ("0A000", "26000")
FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)
# Values as they are sent, their types and their formats.
Written = tuple[Any, Any, Any]
# How a value is written follows from its own type.
AUTO = [PyFormat.AUTO]


class Asked:
    """A statement with its values and, as soon as somebody reads, its answer."""

    __slots__ = ("_line", "result", "statement", "written")

    def __init__(self, line: Line, statement: str, written: Written):
        self._line, self.statement, self.written = line, statement, written
        self.result: Any = None

    def fetchone(self) -> Any:
        return next(iter(self.fetchall()), None)

    def fetchall(self) -> list[Any]:
        return self._line.rows_of(self)

    @property
    def rowcount(self) -> int:
        return self._line.answered(self).command_tuples


class Line:
    """What one connection still has to ask."""

    def __init__(self, connection: Connection, told: AbstractContextManager):
        """`told` makes Django's errors of the driver's."""
        self._connection, self._pg, self._told = connection, connection.pgconn, told
        self._values = Transformer(connection)
        self._waiting: list[Asked] = []
        self._keeps_behind = False
        self._seen: dict[Any, int] = {}
        # Plans by statement and the types of its values, and those that the exchange under way makes.
        self._plans: dict[Any, bytes] = {}
        self._fresh: list[Any] = []
        self._named = 0
        self._to_read, self._to_write = poll(), poll()
        self._to_read.register(self._pg.socket, POLLIN)
        self._to_write.register(self._pg.socket, POLLIN | POLLOUT)

    @property
    def is_quiet(self) -> bool:
        """Whether the server has said nothing since the last answer, such as that it ends."""
        return not self._connection.closed and not self._to_read.poll(0)

    def ask(self, statement: str, values: Any = ()) -> Asked:
        # What cannot be written down is refused here, and nothing of it has been sent.
        with self._told:
            asked = Asked(self, statement, self._written(values))
        self._waiting.append(asked)
        return asked

    def _written(self, values: Any) -> Written:
        written = self._values.dump_sequence(values, AUTO * len(values))
        return written, self._values.types, self._values.formats

    def begin(self) -> None:
        self._keeps_behind = False
        self.ask(BEGIN)

    def keep_behind(self) -> None:
        """This transaction commits without waiting for the disk, and is waited for behind its COMMIT."""
        self._keeps_behind = True

    def commit(self) -> None:
        if self._has_begun or len(self._waiting) > 1:
            committed = self.ask("COMMIT")
            if self._keeps_behind:
                self.ask(KEEP)
            self.settle()
            # What PostgreSQL answers when a statement before had failed and somebody passed over it.
            if committed.result.command_status == b"ROLLBACK":
                with self._told:
                    raise errors.InFailedSqlTransaction("a statement failed, so nothing was committed")
        self.forget()

    def rollback(self) -> None:
        begun = self._has_begun
        self.forget()
        if begun:
            self.ask("ROLLBACK")
            self.settle()

    def forget(self) -> None:
        """What has not been sent shall not happen."""
        self._waiting = []

    @property
    def _has_begun(self) -> bool:
        return not self._waiting or self._waiting[0].statement != BEGIN

    def settle(self) -> None:
        """Send what waits and take all answers. Raises the first that is an error."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        self._fresh = []
        with self._told:
            try:
                failure = self._exchange(waiting)
            except BaseException:
                # Nobody knows which answer would come next.
                self._connection.close()
                raise
            if failure:
                raise self._noted(errors.error_from_result(failure))

    def _noted(self, error: errors.Error) -> errors.Error:
        """Plans that were not made, and those that may have outlived their tables, are made anew."""
        for key in list(self._plans) if error.sqlstate in OUTLIVED else self._fresh:
            del self._plans[key]
        return error

    def answered(self, asked: Asked) -> Any:
        if asked.result is None:
            self.settle()
        return asked.result

    def rows_of(self, asked: Asked) -> list[Any]:
        result = self.answered(asked)
        self._values.set_pgresult(result)
        return self._values.load_rows(0, result.ntuples, tuple)

    def _exchange(self, waiting: list[Asked]) -> Any:
        """Fill in the results; the first that is an error comes back, or None."""
        self._pg.enter_pipeline_mode()
        steps = [self._send(asked) for asked in waiting]
        self._pg.pipeline_sync()
        self._flush()
        failure = None
        for asked, count in zip(waiting, steps, strict=True):
            for _ in range(count):
                asked.result = self._next(failure)
                self._next(failure, ends=True)
                if asked.result.status in FAILED:
                    failure = failure or asked.result
        self._next(failure)
        self._pg.exit_pipeline_mode()
        return failure

    def _send(self, asked: Asked) -> int:
        """How many results will come: of the plan, if one is made now, and of the statement."""
        values, types, formats = asked.written
        key = (asked.statement, types)
        if name := self._plans.get(key):
            self._pg.send_query_prepared(name, values, formats)
            return 1
        seen = self._seen[key] = self._seen.get(key, 0) + 1
        if seen < SEEN_BEFORE_KEPT or len(self._plans) >= MOST_KEPT:
            self._pg.send_query_params(_numbered(asked.statement), values, types, formats)
            return 1
        self._named += 1
        name = self._plans[key] = b"loket_%d" % self._named
        self._fresh.append(key)
        self._pg.send_prepare(name, _numbered(asked.statement), types)
        self._pg.send_query_prepared(name, values, formats)
        return 2

    def _flush(self) -> None:
        while self._pg.flush():
            # Answers may have to be taken before the server reads on.
            if self._to_write.poll()[0][1] != POLLOUT:
                self._pg.consume_input()

    def _next(self, failure: Any, *, ends: bool = False) -> Any:
        while self._pg.is_busy():
            self._to_read.poll()
            self._pg.consume_input()
        result = self._pg.get_result()
        if result is None and not ends:
            raise errors.error_from_result(failure) if failure else errors.OperationalError(LOST)
        return result


@lru_cache(maxsize=1024)
def _numbered(statement: str) -> bytes:
    """$1, $2 for each %s."""
    first, *others = statement.split("%s")
    return (first + "".join(f"${place}{part}" for place, part in enumerate(others, start=1))).encode()

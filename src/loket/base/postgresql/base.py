"""PostgreSQL, asked as seldom as possible: see `line`. docs/decisions/0037."""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction

from loket.base.postgresql.line import Asked, Line


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but a transaction begins with its first statement and ends with its last.

    Psycopg's autocommit stays on, so that it adds no statements of its own to ours.
    """

    line: Line

    def ask(self, statement: str, values: Any = ()) -> Asked:
        """Outside a transaction at once, else with what is read next; %s stands for each value."""
        if self.connection is None or not (self.in_atomic_block or self.health_check_done):
            self.close_if_health_check_failed()
            self.ensure_connection()
        self.validate_no_broken_transaction()
        asked = self.line.ask(statement, values)
        if not self.in_atomic_block:
            self.line.settle()
        return asked

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        self.line = Line(connection, self.wrap_database_errors)
        return connection

    def create_cursor(self, name=None):
        self.line.settle()
        return super().create_cursor(name)

    def is_usable(self):
        # A server that ended has said so; a question of our own would be one more wait for each request.
        return (self.connection is not None and self.line.is_quiet) or super().is_usable()

    def _set_autocommit(self, autocommit):
        if self.connection.autocommit != autocommit:
            super()._set_autocommit(autocommit)

    def _start_transaction_under_autocommit(self):
        self._noting("BEGIN", self.line.begin)

    def _commit(self):
        if self.connection is not None:
            self._noting("COMMIT", self.line.commit)

    def _rollback(self):
        if self.connection is not None:
            self._noting("ROLLBACK", self.line.rollback)

    def _noting(self, statement: str, act: Callable[[], None]) -> None:
        """Somebody may count statements."""
        if self.queries_logged:
            with debug_transaction(self, statement):
                act()
        else:
            act()

    def _savepoint_rollback(self, sid):
        self.line.forget()
        super()._savepoint_rollback(sid)

"""SQLite's log, made to survive a power cut after the writers' line was left (docs/decisions/0040)."""

import os

# `PRAGMA synchronous`: a commit returns when the disk has kept it, or as soon as it is written.
FULL, NORMAL = 2, 1
# What a system without it has is kept by each commit itself.
CAN_SYNC = hasattr(os, "fdatasync")


class Log:
    """The write-ahead log of one open connection; while that lives, it is never another file."""

    def __init__(self, database: str):
        self._path = f"{database}-wal"
        self._file: int | None = None
        # What the disk refused once a system may forget, and say yes the next time; a power cut then takes
        # all that was written behind it.
        self.may_have_a_hole = False

    @property
    def is_there(self) -> bool:
        """A database that has not been written since it was opened has none, nor one on a network's disk; and
        a process may have no file to spare."""
        if self._file is None and CAN_SYNC:
            try:
                self._file = os.open(self._path, os.O_RDONLY)
            except OSError:
                return False
        return self._file is not None

    def keep(self) -> None:
        """Wait until the disk has kept all that was written so far, by whomever. Raises OSError."""
        assert self._file is not None  # noqa: S101 - asked for with is_there
        try:
            os.fdatasync(self._file)
        except OSError:
            self.may_have_a_hole = True
            raise

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

"""Reading a database past Django, without ever writing it."""

import sqlite3
from pathlib import Path


def read_only(path: str | Path) -> sqlite3.Connection:
    """Refuses sqlite3.Error when there is none. A folder may be called anything, also "Loket #2"."""
    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)

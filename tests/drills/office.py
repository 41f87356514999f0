"""The office in which drills are held."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.migrated import open_hall
from tests.served import Served


class Office(Served):
    """Open day and night; `kiosk` is the token of its paired kiosks. Not yet started."""

    def __init__(self, home: Path, database: str | None = None, facts: dict[str, Any] | None = None):
        super().__init__(home, database)
        self.kiosk = (facts or open_hall(self))["devices"]["kiosk"]


def office(home: Path, database: str | None = None, facts: dict[str, Any] | None = None) -> Iterator[Office]:
    """Stopped in the end, whatever happens. `facts` are those of the hall that `database` holds already."""
    made = Office(home, database, facts)
    yield made
    made.stop()

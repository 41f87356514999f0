"""The office in which drills are held."""

from collections.abc import Iterator
from pathlib import Path

from tests.served import Served, open_hall


class Office(Served):
    """Open day and night; `kiosk` is the token of its paired kiosks. Not yet started."""

    def __init__(self, home: Path, database: str | None = None):
        super().__init__(home, database)
        self.kiosk = open_hall(self)["devices"]["kiosk"]


def office(home: Path, database: str | None = None) -> Iterator[Office]:
    """Stopped in the end, whatever happens."""
    made = Office(home, database)
    yield made
    made.stop()

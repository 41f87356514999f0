"""The office in which drills are held."""

from collections.abc import Iterator

from tests.served import Served


def served_office(program: Served) -> Iterator[Served]:
    """Make it an office that is open day and night; stopped in the end, whatever happens."""
    program.command("migrate")
    program.stage("hall")
    yield program
    program.stop()

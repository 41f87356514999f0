"""A served office for each drill, on both databases, whatever the rest of the tests run on."""

from collections.abc import Iterator

import pytest

from tests.drills.databases import PostgreSQL
from tests.drills.office import Office, office


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.remove()


@pytest.fixture
def on_postgresql(tmp_path, postgresql) -> Iterator[Office]:
    postgresql.empty()
    yield from office(tmp_path, postgresql.address)


@pytest.fixture
def on_sqlite(tmp_path) -> Iterator[Office]:
    yield from office(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request) -> Office:
    """An office that is open day and night; not yet started."""
    return request.getfixturevalue(f"on_{request.param}")

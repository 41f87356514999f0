"""A served office for each drill, on both databases, whatever the rest of the tests run on."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drills.databases import ON_POSTGRESQL, PostgreSQL
from tests.drills.office import Office, office
from tests.served import Served


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    server.empty()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def hall_on_postgresql(postgresql, tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    """The home and the facts of an open hall; its database is kept to be copied."""
    first = Served(tmp_path_factory.mktemp("hall"), postgresql.address)
    first.command("migrate")
    facts = first.stage("hall")
    postgresql.keep()
    return first.home, facts


@pytest.fixture
def on_postgresql(tmp_path, postgresql, hall_on_postgresql) -> Iterator[Office]:
    home, facts = hall_on_postgresql
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    postgresql.put_back()
    yield from office(tmp_path, postgresql.address, facts)


@pytest.fixture
def on_sqlite(tmp_path) -> Iterator[Office]:
    yield from office(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=ON_POSTGRESQL)])
def served(request) -> Office:
    """An office that is open day and night; not yet started."""
    return request.getfixturevalue(f"on_{request.param}")

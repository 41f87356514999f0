import pytest

from tests.races.place import Place, fresh_database


@pytest.fixture
def place(tmp_path):
    """A migrated installation with nobody in it."""
    with fresh_database() as address:
        there = Place(tmp_path, address)
        there.loket("migrate")
        yield there

import pytest

from tests.migrated import migrated
from tests.races.place import Place


@pytest.fixture
def place(tmp_path):
    """A migrated installation with nobody in it."""
    with migrated(tmp_path) as address:
        yield Place(tmp_path, address)

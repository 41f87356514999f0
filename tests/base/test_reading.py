"""A folder may be called anything: the program finds its own database there and makes no other."""

import sqlite3
from contextlib import closing

import pytest

from loket.base.sqlite.reading import read_only


@pytest.fixture(params=["Loket", "Loket #2", "100%25", "apa?mode=rwc"])
def path(request, tmp_path):
    folder = tmp_path / request.param
    folder.mkdir()
    with closing(sqlite3.connect(folder / "loket.sqlite3", isolation_level=None)) as made:
        made.execute("CREATE TABLE live_topic (name, version)")
        made.execute("INSERT INTO live_topic VALUES ('3574:hall', 7)")
    return folder / "loket.sqlite3"


def test_what_is_read_is_that_database_and_it_stays_as_it_is(path, tmp_path):
    with closing(read_only(path)) as found:
        assert found.execute("SELECT version FROM live_topic").fetchone() == (7,)
        with pytest.raises(sqlite3.OperationalError):
            found.execute("DELETE FROM live_topic")

    assert [each.name for each in tmp_path.iterdir()] == [path.parent.name]


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        read_only(tmp_path / "none")

    assert list(tmp_path.iterdir()) == []

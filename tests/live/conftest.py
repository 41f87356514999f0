import os

import pytest

from tests.races.place import fresh_database
from tests.served import Served

# There is nothing to restart where the database is a file.
collect_ignore = [] if "postgresql" in os.environ.get("LOKET_DATABASE", "") else ["test_postgresql.py"]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The served program with an open office, on the database the tests run on."""
    with fresh_database() as address:
        served = Served(tmp_path_factory.mktemp("live"), address, LOKET_WORKER_THREAD="no")
        served.command("migrate")
        served.facts = served.stage("hall")
        served.start()
        yield served
        served.stop()

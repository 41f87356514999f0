import os

import pytest

from tests.migrated import migrated
from tests.served import Served

# There is nothing to restart where the database is a file.
collect_ignore = [] if "postgresql" in os.environ.get("LOKET_DATABASE", "") else ["test_postgresql.py"]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The served program with an open office, on the database the tests run on."""
    home = tmp_path_factory.mktemp("live")
    with migrated(home) as address:
        served = Served(home, address, LOKET_WORKER_THREAD="no")
        served.facts = served.stage("hall")
        served.start()
        yield served
        served.stop()

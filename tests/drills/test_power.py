"""The power goes, the database goes: whoever was shown a number still has it."""

import pytest

from tests.drills.books import check_books
from tests.drills.crowd import Crowd
from tests.drills.databases import ON_POSTGRESQL

pytestmark = pytest.mark.drill


def test_killed_eight_times_no_number_is_lost(served):
    served.start()
    with Crowd(served) as crowd:
        for more in (5, 12, 3, 20, 8, 1, 15, 6):
            crowd.wait_for(more)
            served.kill()
            served.start()
        crowd.wait_for(10)

    # People were pressing while it died, or nothing was put to the test.
    assert crowd.lost_lines >= 8
    check_books(served, crowd)


@ON_POSTGRESQL
def test_the_database_server_crashes_and_is_restarted_under_load(on_postgresql, postgresql):
    on_postgresql.start()
    with Crowd(on_postgresql) as crowd:
        for more in (15, 4, 9):
            crowd.wait_for(more)
            postgresql.crash()
            postgresql.start()
            crowd.wait_for(7)
            postgresql.restart()
        crowd.wait_for(10)

    assert len(crowd.refusals) >= 3
    assert on_postgresql.process.poll() is None, on_postgresql.log()
    check_books(on_postgresql, crowd)

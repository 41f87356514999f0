"""Who asks how often in a minute, also where several processes are asked."""

import os

from loket.base import pace
from loket.base.pace import Counts
from tests.cast import MORNING

MINUTE = 29_000_000


def test_a_new_minute_counts_anew():
    pace.counts.begin()
    asked = {"door": "api", "who": "192.0.2.1", "a_minute": 1}

    first = [pace.seconds_to_wait(**asked, at=MORNING) for _ in range(2)]
    later = pace.seconds_to_wait(**asked, at=MORNING.replace(minute=1))

    assert first == [0, 60]
    assert later == 0


def test_everybody_is_counted_alone():
    counts = Counts()
    everybody = [("api", f"192.0.{third}.{fourth}") for third in range(2) for fourth in range(256)]

    for who in everybody:
        counts.one_more(who, MINUTE)

    assert [counts.one_more(who, MINUTE) for who in everybody] == [2] * 512
    assert counts.one_more(("search-log", "192.0.0.1"), MINUTE) == 1


def test_processes_that_were_forked_count_together():
    counts = Counts()

    for _ in range(3):
        if not (child := os.fork()):
            counts.one_more("Budi", MINUTE)
            os._exit(0)
        os.waitpid(child, 0)

    assert counts.one_more("Budi", MINUTE) == 4


def test_who_begins_anew_counts_apart_from_the_process_it_came_from():
    counts = Counts()

    if not (child := os.fork()):
        counts.begin()
        os._exit(counts.one_more("Budi", MINUTE))
    _, ended = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(ended) == 1
    assert counts.one_more("Budi", MINUTE) == 1

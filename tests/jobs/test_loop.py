import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import OperationalError

from loket.base.models import Heartbeat
from loket.jobs import loop
from loket.jobs.loop import Job
from tests.cast import MORNING

MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self):
        self.at = MORNING

    def __call__(self):
        return self.at


def a_job(do, rows=("a", "b", "c"), every=MINUTE):
    return Job("paint", every, lambda at: rows, do)


def test_everything_due_is_done():
    done = []

    count = a_job(lambda row, at: done.append((row, at))).run(Clock())

    assert count == 3
    assert done == [("a", MORNING), ("b", MORNING), ("c", MORNING)]


def test_it_asks_again_after_its_time():
    clock, done = Clock(), []
    job = a_job(lambda row, at: done.append(row), rows=["a"])

    job.run(clock)
    clock.at += MINUTE / 2
    job.run(clock)
    assert done == ["a"]
    clock.at += MINUTE / 2
    job.run(clock)

    assert done == ["a", "a"]


def test_a_clock_set_back_does_not_stop_the_work():
    clock, done = Clock(), []
    job = a_job(lambda row, at: done.append(row), rows=["a"])

    job.run(clock)
    clock.at -= timedelta(hours=1)
    job.run(clock)

    assert done == ["a", "a"]


def test_a_row_that_fails_holds_up_no_other_and_is_put_off(caplog):
    clock, tried = Clock(), []

    def do(row, at):
        tried.append(row)
        if row == "a":
            raise ValueError("no paint")

    job = a_job(do, every=timedelta(seconds=1))
    assert job.run(clock) == 2
    clock.at += MINUTE / 2
    job.run(clock)
    assert tried == ["a", "b", "c", "b", "c"]
    clock.at += MINUTE / 2
    job.run(clock)

    assert tried[5:] == ["a", "b", "c"]
    assert "no paint" in caplog.text


def test_pauses_of_a_failing_row_double_up_to_an_hour():
    clock, tried = Clock(), []

    def do(row, at):
        tried.append(at)
        raise ValueError

    job = a_job(do, rows=["a"], every=timedelta(seconds=1))
    while len(tried) < 9:
        job.run(clock)
        clock.at += timedelta(seconds=30)

    pauses = [int((later - earlier) / MINUTE) for earlier, later in pairwise(tried)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.django_db(transaction=True)
def test_the_worker_beats_and_ends_when_told(monkeypatch):
    monkeypatch.setattr(loop, "STEP_SECONDS", 0.01)
    stop, worked = threading.Event(), threading.Event()
    job = a_job(lambda row, at: worked.set())
    thread = threading.Thread(target=loop.work, args=[stop, "worker", [job]])

    thread.start()
    assert worked.wait(5)
    while not Heartbeat.objects.filter(name="worker").exists():
        assert thread.is_alive()
    stop.set()
    thread.join(5)

    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_job_that_cannot_ask_does_not_end_the_work(monkeypatch, caplog):
    monkeypatch.setattr(loop, "STEP_SECONDS", 0.01)
    stop, worked = threading.Event(), threading.Event()

    def broken(at):
        raise RuntimeError("no list")

    jobs = [
        Job("broken", timedelta(0), broken, lambda row, at: None),
        a_job(lambda row, at: worked.set()),
    ]
    thread = threading.Thread(target=loop.work, args=[stop, "worker", jobs])

    thread.start()
    assert worked.wait(5)
    stop.set()
    thread.join(5)

    assert caplog.text.count("cannot ask") == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_away_leaves_no_row_put_off(monkeypatch):
    monkeypatch.setattr(loop, "STEP_SECONDS", 0.01)
    monkeypatch.setattr(loop, "AWAY", timedelta(milliseconds=50))
    stop, worked, tries = threading.Event(), threading.Event(), []

    def do(row, at):
        tries.append(row)
        if len(tries) == 1:
            raise OperationalError("the server closed the connection")
        worked.set()

    job = a_job(do, rows=["a"], every=timedelta(0))
    thread = threading.Thread(target=loop.work, args=[stop, "worker", [job]])

    thread.start()
    assert worked.wait(5)
    stop.set()
    thread.join(5)

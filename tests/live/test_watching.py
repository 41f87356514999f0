"""The watcher of SQLite: news reach whoever listens, and nothing is done while nobody does."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from loket.live.hub import Hub, Listener
from loket.live.watching import watch_sqlite
from tests.loops import run


@pytest.fixture(params=["Loket", "Loket #2"])
def path(request, tmp_path):
    folder = tmp_path / request.param
    folder.mkdir()
    with closing(sqlite3.connect(folder / "loket.sqlite3", isolation_level=None)) as made:
        made.execute("CREATE TABLE live_topic (name, version)")
        made.execute("INSERT INTO live_topic VALUES ('3574:hall', 7)")
    return str(folder / "loket.sqlite3")


def test_screens_hear_of_changes_whatever_the_folder_is_called(path):
    async def heard():
        told = asyncio.Event()
        hub = Hub()
        hub.enter(Listener({"3574:hall": 6}, lambda text: told.set()))
        watching = asyncio.create_task(watch_sqlite(hub, path))
        await asyncio.wait_for(told.wait(), 5)
        watching.cancel()

    run(heard())


class Counting(Hub):
    """Counts how often the watcher goes to sleep; more than a few times is no sleep."""

    slept = 0

    async def woken(self, seconds):
        self.slept += 1
        if self.slept > 5:
            raise AssertionError("It goes round and round.")
        await super().woken(seconds)


async def sleeping(hub, times):
    for _ in range(500):
        if hub.slept == times:
            return
        await asyncio.sleep(0.01)


def test_a_screen_that_came_and_went_leaves_the_watcher_asleep(path):
    async def looked_at():
        hub, screen = Counting(), Listener({"3574:hall": 7}, lambda text: None)
        watching = asyncio.create_task(watch_sqlite(hub, path))
        for times in (1, 2):
            await sleeping(hub, times)
            hub.enter(screen)
            hub.leave(screen)
        await sleeping(hub, 3)
        watching.cancel()
        await asyncio.wait([watching])
        return hub.slept, watching.cancelled()

    assert run(looked_at()) == (3, True)

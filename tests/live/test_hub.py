import asyncio
import json

import pytest

from loket.live.asking import AskedWrong, asked
from loket.live.hub import Hub, Listener
from tests.loops import run


class Screen(Listener):
    """A listener that remembers what it was told."""

    def __init__(self, **told: int):
        self.heard: list[dict] = []
        topics = {name.replace("_", ":"): version for name, version in told.items()}
        super().__init__(topics, lambda text: self.heard.append(json.loads(text.partition("data: ")[2])))


def test_a_screen_that_is_behind_is_told_at_once():
    hub = Hub()
    hub.enter(Screen(hall_3574=7))
    hub.tell({"hall:3574": 7})

    late = Screen(hall_3574=6)
    hub.enter(late)

    assert late.heard == [{"topic": "hall", "version": 7}]


def test_a_screen_that_shows_the_newest_hears_nothing():
    hub, screen = Hub(), Screen(hall_3574=7)

    hub.enter(screen)
    hub.tell({"hall:3574": 7})

    assert screen.heard == []


def test_only_listeners_of_the_topic_hear():
    hub, here, elsewhere = Hub(), Screen(hall_3574=0), Screen(hall_9471=0)
    hub.enter(here)
    hub.enter(elsewhere)

    hub.tell({"hall:3574": 1, "hall:9471": 0})

    assert here.heard == [{"topic": "hall", "version": 1}]
    assert elsewhere.heard == []


def test_each_change_is_told_once():
    hub, screen = Hub(), Screen(hall_3574=0, devices_3574=4)
    hub.enter(screen)

    for version in (1, 1, 2):
        hub.tell({"hall:3574": version, "devices:3574": 4})

    assert screen.heard == [{"topic": "hall", "version": 1}, {"topic": "hall", "version": 2}]


def test_a_database_put_back_is_news_too():
    hub, screen = Hub(), Screen(hall_3574=9)
    hub.enter(screen)

    hub.tell({"hall:3574": 5})

    assert screen.heard == [{"topic": "hall", "version": 5}]


def test_a_sign_of_life_reaches_each_screen_once():
    hub, heard = Hub(), []
    hub.enter(Listener({"hall:3574": 0, "devices:3574": 0}, heard.append))

    hub.say_to_all("ping")

    assert heard == ["ping"]


def test_a_topic_nobody_listens_to_is_forgotten():
    hub, first, second = Hub(), Screen(hall_3574=0), Screen(hall_3574=0)
    hub.enter(first)
    hub.enter(second)
    hub.tell({"hall:3574": 1})

    hub.leave(first)
    assert hub.topics == ["hall:3574"]
    hub.leave(second)

    assert hub.topics == []
    assert hub.versions == {}


@pytest.mark.parametrize("turns", range(4))
def test_who_waits_for_news_ends_when_told_also_at_the_moment_they_come(turns):
    async def told_while_woken():
        hub = Hub()
        waiting = asyncio.create_task(hub.woken(60))
        await asyncio.sleep(0.01)
        hub.wake()
        for _ in range(turns):
            await asyncio.sleep(0)
        heard = waiting.cancel()
        await asyncio.wait([waiting])
        return waiting.cancelled() == heard

    assert run(told_while_woken())


def test_a_new_topic_wakes_the_watcher():
    hub = Hub()

    hub.enter(Screen(hall_3574=0))
    assert hub.take_wake()
    hub.enter(Screen(hall_3574=0))

    assert not hub.take_wake()


def test_a_version_that_is_not_a_number_counts_as_old():
    assert asked("topics=hall,devices&version=12") == {"hall": 12, "devices": -1}
    assert asked("topics=hall&version=;DROP") == {"hall": -1}
    assert asked("") == {"hall": -1}


@pytest.mark.parametrize(
    "query",
    [
        "topics=devices&topics=hall",
        "topics=devices&%74opics=hall",
        "topics=hall&version=1&version=2",
        f"version={'9' * 5000}",
        "&".join(f"a{n}=1" for n in range(50)),
    ],
)
def test_a_question_that_can_be_read_in_two_ways_is_refused(query):
    with pytest.raises(AskedWrong):
        asked(query)

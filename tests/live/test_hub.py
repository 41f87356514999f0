from loket.live.hub import Hub
from loket.live.stream import shown


def test_a_screen_that_is_behind_is_told_at_once():
    hub = Hub()
    hub.enter({"hall:3574": 7})
    hub.tell({"hall:3574": 7})

    late = hub.enter({"hall:3574": 6})

    assert late.news.is_set()
    assert hub.news_for(late) == {"hall:3574": 7}


def test_a_screen_that_shows_the_newest_hears_nothing():
    hub = Hub()

    listener = hub.enter({"hall:3574": 7})
    hub.tell({"hall:3574": 7})

    assert not listener.news.is_set()


def test_only_listeners_of_the_topic_hear():
    hub = Hub()
    here, elsewhere = hub.enter({"hall:3574": 0}), hub.enter({"hall:9471": 0})

    hub.tell({"hall:3574": 1, "hall:9471": 0})

    assert here.news.is_set()
    assert not elsewhere.news.is_set()


def test_changes_while_a_stream_is_busy_become_one():
    hub = Hub()
    listener = hub.enter({"hall:3574": 0})

    hub.tell({"hall:3574": 1})
    hub.tell({"hall:3574": 2})

    assert hub.news_for(listener) == {"hall:3574": 2}


def test_a_topic_nobody_listens_to_is_forgotten():
    hub = Hub()
    first, second = hub.enter({"hall:3574": 0}), hub.enter({"hall:3574": 0})
    hub.tell({"hall:3574": 1})

    hub.leave(first)
    assert hub.topics == ["hall:3574"]
    hub.leave(second)

    assert hub.topics == []
    assert hub.versions == {}


def test_a_version_that_is_not_a_number_counts_as_old():
    assert shown("3574", "topics=hall,devices&version=12") == {"hall:3574": 12, "devices:3574": -1}
    assert shown("3574", "topics=hall&version=;DROP") == {"hall:3574": -1}
    assert shown("3574", "") == {"hall:3574": -1}

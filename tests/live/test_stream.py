"""The stream of the real program, on the database that the tests run on."""

import time

import pytest

from tests.live.listening import Ears
from tests.served import Served

pytestmark = pytest.mark.database


@pytest.fixture
def shown(program) -> int:
    """The version that a page rendered now would carry."""
    with Ears(program.port) as ears:
        return ears.news()["version"]


def test_a_change_reaches_a_screen_that_listens(program, shown):
    with Ears(program.port, f"topics=hall&version={shown}") as ears:
        assert ears.event() == ("ping", {})
        program.stage("take_numbers")

        news = ears.news()

    assert news["topic"] == "hall"
    assert news["version"] > shown


def test_what_changed_between_page_and_stream_is_not_lost(program, shown):
    program.stage("take_numbers")

    with Ears(program.port, f"topics=hall&version={shown}") as ears:
        assert ears.news()["version"] > shown


def test_a_screen_that_shows_the_newest_hears_only_that_the_line_lives(program, shown):
    begun = time.monotonic()

    with Ears(program.port, f"topics=hall&version={shown}") as ears:
        heard = [ears.event()[0] for _ in range(2)]

    assert heard == ["ping", "ping"]
    # Screens call the line dead after ten seconds of silence.
    assert time.monotonic() - begun < 6


def test_another_process_serves_the_same_news(program, shown):
    other = Served(program.home, program.environment.get("LOKET_DATABASE"), LOKET_WORKER_THREAD="no")
    other.start()
    try:
        with (
            Ears(program.port, f"topics=hall&version={shown}") as here,
            Ears(other.port, f"topics=hall&version={shown}") as there,
        ):
            program.stage("take_numbers")

            assert here.news()["version"] > shown
            assert there.news()["version"] > shown
    finally:
        other.stop()


def test_strangers_do_not_hear_of_devices(program):
    with Ears(program.port, "topics=hall,devices") as ears:
        assert ears.status == 404


def test_staff_hear_of_devices(program):
    cookie = f"loket_session={program.facts['sessions']['Sari']}"

    with Ears(program.port, "topics=hall,devices", cookie=cookie) as ears:
        assert {ears.news()["topic"], ears.news()["topic"]} == {"hall", "devices"}


def test_an_office_or_topic_that_does_not_exist_is_not_found(program):
    with Ears(program.port, office="9999") as ears:
        assert ears.status == 404
    with Ears(program.port, "topics=payroll") as ears:
        assert ears.status == 404


def test_the_program_ends_at_once_with_streams_open(program):
    other = Served(program.home, program.environment.get("LOKET_DATABASE"))
    other.start()
    with Ears(other.port) as ears:
        ears.news()
        begun = time.monotonic()

        other.stop()

        assert time.monotonic() - begun < 3
        assert ears.is_ended()
    assert other.process.returncode == 0


def test_asking_twice_does_not_open_what_is_not_for_strangers(program):
    for query in ("topics=devices&topics=hall", "topics=hall&topics=devices"):
        with Ears(program.port, query) as ears:
            assert ears.status == 404


def test_a_version_that_no_screen_shows_is_refused_before_the_stream_begins(program):
    with Ears(program.port, f"topics=hall&version={'9' * 5000}") as ears:
        assert ears.status == 404

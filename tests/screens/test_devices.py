import pytest
import time_machine
from django.core.cache import cache

from loket.people import devices
from loket.people.models import Device
from tests.cast import MORNING, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning():
    with time_machine.travel(MORNING, tick=False):
        cache.clear()
        yield


def code_of(office, kind="board", **settings):
    device = devices.add_device(
        office=office, kind=kind, name="Satu", by="staff:1", at=MORNING, settings=settings
    )
    return device.pairing_code


def test_typing_the_code_makes_this_browser_the_device(client):
    code = code_of(an_office())

    answer = client.post("/3574/perangkat/board/", {"code": code.lower()})

    assert answer.headers["Location"] == "/3574/layar/"
    cookie = answer.cookies["loket_board"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/3574/perangkat/board/").headers["Location"] == "/3574/layar/"


def test_a_rating_tablet_is_led_to_its_counter(client):
    code = code_of(an_office(), "rating", counter=2)

    answer = client.post("/3574/perangkat/rating/", {"code": code})

    assert answer.headers["Location"] == "/3574/nilai/loket/2/"


def test_a_wrong_code_is_answered_beside_the_field_and_keeps_what_was_typed(client):
    code_of(an_office())

    answer = client.post("/3574/perangkat/board/", {"code": "<b>QQ"})

    assert answer.status_code == 422
    assert "&lt;b&gt;QQ" in answer.content.decode()
    assert not answer.cookies.get("loket_board")


def test_after_ten_wrong_codes_even_the_right_one_has_to_wait(client):
    code = code_of(an_office())
    for _ in range(10):
        client.post("/3574/perangkat/board/", {"code": "QQQQQQ"})

    answer = client.post("/3574/perangkat/board/", {"code": code})

    assert answer.status_code == 422
    assert Device.objects.get().paired_at is None


@pytest.mark.parametrize("path", ["/3574/perangkat/printer/", "/9999/perangkat/board/"])
def test_unknown_kinds_and_offices_are_not_found(client, path):
    an_office()

    assert client.get(path).status_code == 404


def test_a_heartbeat_is_kept_until_the_device_is_withdrawn(client):
    client.post("/3574/perangkat/board/", {"code": code_of(an_office())})
    beat = "/3574/perangkat/board/detak/"

    heard = client.post(beat, '{"sound": "blocked"}', content_type="text/plain")
    devices.revoke(device=Device.objects.get(), by="staff:1", at=MORNING)
    after = client.post(beat, "{}", content_type="text/plain")

    assert heard.status_code == 204
    assert Device.objects.get().state == {"sound": "blocked"}
    assert after.status_code == 404


@pytest.mark.parametrize(
    "body", ["", "no json", "[1]", '{"sound": {"a": 1}}', "\x00", "9" * 5000, "[" * 1500]
)
def test_a_strange_heartbeat_still_says_that_the_device_is_there(client, body):
    client.post("/3574/perangkat/board/", {"code": code_of(an_office())})

    answer = client.post("/3574/perangkat/board/detak/", body, content_type="text/plain")

    assert answer.status_code == 204
    assert Device.objects.get().state == {}


def test_a_heartbeat_of_nobody_is_not_found(client):
    an_office()

    assert client.post("/3574/perangkat/board/detak/", "{}", content_type="text/plain").status_code == 404

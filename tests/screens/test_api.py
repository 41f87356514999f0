"""The API as programs meet it."""

import subprocess
import sys

import pytest
import time_machine
from django.test import Client

from loket.base import pace
from loket.screens.api.operations import PREFIX, description
from tests.cast import MORNING, an_office, sari_at_counter, take
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_before():
    pace.counts.begin()


@pytest.fixture
def office():
    return an_office(address="Jl. Contoh 1")


def ask(path, **parameters):
    with time_machine.travel(MORNING, tick=False):
        return Client().get(f"{PREFIX}{path}", parameters)


def test_the_offices_with_their_front_pages(office):
    an_office("3500", serves=False)

    answer = ask("/offices")

    assert [each["code"] for each in answer.json()] == ["3574"]
    assert answer.json()[0]["page"].endswith("/3574/")


def test_the_hall_as_the_front_page_tells_it(office):
    sari_at_counter(office)
    take(office)
    take(office)

    now = ask("/3574/hall").json()

    assert now["open"]
    assert now["waiting"] == 2
    assert now["at"] == "2026-01-14T09:00:00+07:00"
    assert now["wait_minutes"]["low"] <= now["wait_minutes"]["high"]


def test_an_office_that_does_not_exist_is_a_problem_with_a_word(office):
    answer = ask("/9999/hall")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "no_such_office"


def test_whoever_asks_too_often_waits_for_the_next_minute(office, settings):
    settings.API_PER_MINUTE = 2

    answers = [ask("/offices") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"


def test_a_network_that_is_one_clients_alone_is_counted_as_one(office, settings):
    settings.API_PER_MINUTE = 1

    with time_machine.travel(MORNING, tick=False):
        asked = [
            Client(REMOTE_ADDR=address).get(f"{PREFIX}/offices").status_code
            for address in ("2001:db8:1:2::7", "2001:db8:1:2::8", "2001:db8:1:3::7")
        ]

    assert asked == [200, 429, 200]


def test_the_library_as_the_search_page_finds_it(office, settings, tmp_path):
    settings.LIBRARY_INDEX = tmp_path / "index"
    shelf = fill_shelf(office)

    found = ask("/library/search", office="3574", words="usaha industri batik", kind="table").json()

    assert [each["title"] for each in found["items"]] == ["Usaha industri batik"]
    assert found["items"][0]["years"] == [2020, 2023]
    assert found["items"][0]["page"].endswith(f"/3574/bahan/{shelf['usaha'].pk}/")


def test_a_parameter_that_cannot_be_understood_is_named(office):
    answer = ask("/library/search", office="3574", words="batik", limit="banyak")

    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["limit"]


def test_nothing_can_be_written(office):
    assert Client().post(f"{PREFIX}/offices").status_code == 405


def test_every_operation_has_a_door(office):
    from loket.screens.api.urls import urlpatterns

    doors = {f"{PREFIX}/{pattern.pattern}".replace("<str:", "{").replace(">", "}") for pattern in urlpatterns}

    assert set(description()["paths"]) == doors - {f"{PREFIX}/", f"{PREFIX}/openapi.json"}


def test_the_page_speaks_of_every_operation_and_parameter(office):
    page = Client().get(f"{PREFIX}/").content.decode()

    for path, operations in description()["paths"].items():
        assert f"GET http://127.0.0.1:8000{path}<" in page
        for parameter in operations["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page


def test_a_start_does_not_load_what_only_the_api_needs():
    program = (
        "import django, sys; django.setup(); from django.urls import get_resolver;"
        "get_resolver().url_patterns; print('pydantic' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"

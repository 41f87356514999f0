"""Doors with a limit: who tried too often waits until the span is over, and nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from loket.base.limiting import Limit, may
from loket.base.models import Tries
from loket.jobs import forgetting
from loket.screens.limits import client_network
from tests.cast import MORNING

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ask(who="Budi", address="10.0.0.1", *, at=MORNING) -> bool:
    return may(door="ask", limits=[Limit(2, HOUR, f"user:{who}"), Limit(3, HOUR, f"ip:{address}")], at=at)


def test_each_account_has_its_own_count():
    assert [ask(), ask(), ask()] == [True, True, False]
    assert ask("Siti", "10.0.0.2")


def test_an_address_is_counted_whoever_comes_from_it():
    assert [ask(who) for who in ("Budi", "Siti", "Tono", "Wati")] == [True, True, True, False]
    assert ask("Wati", "10.0.0.2")


def test_what_is_refused_counts_for_nobody():
    assert [ask(), ask(), ask(), ask()] == [True, True, False, False]
    # The address has one left, for somebody else.
    assert [ask("Siti"), ask("Tono")] == [True, False]


def test_the_count_begins_anew_when_its_span_is_over():
    assert [ask(), ask(), ask()] == [True, True, False]
    assert not ask(at=MORNING + HOUR - timedelta(seconds=1))
    assert [ask(at=MORNING + HOUR) for _ in range(3)] == [True, True, False]


def test_doors_are_counted_apart():
    limits = [Limit(1, HOUR, "user:Budi")]

    assert may(door="ask", limits=limits, at=MORNING)
    assert may(door="reply", limits=limits, at=MORNING)
    assert not may(door="ask", limits=limits, at=MORNING)


def test_all_limits_are_one_statement():
    with CaptureQueriesContext(
        connection,
    ) as sent:
        ask()

    assert len([each for each in sent if "base_tries" in each["sql"]]) == 1


def test_nobody_can_be_read_from_the_counts_and_they_go_when_over():
    ask()

    assert not any("Budi" in key or "10.0" in key for key in Tries.objects.values_list("key", flat=True))
    assert forgetting.tries_due(MORNING + HOUR - timedelta(seconds=1)) == []
    assert forgetting.tries_due(MORNING + HOUR) == ["tries"]
    assert forgetting.forget_tries("tries", MORNING + HOUR) == 2


def test_the_address_is_the_clients_own_behind_a_proxy_we_trust(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4, 2001:db8:1:2:3:4:5:6"})

    assert client_network(request) == "2001:db8:1:2::/64"


def test_without_a_proxy_nobody_chooses_their_address(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4"})

    assert client_network(request) == "127.0.0.1"


@pytest.mark.parametrize("said", ["192.0.2.7", "::ffff:192.0.2.7"])
def test_clients_with_four_numbers_are_told_apart_also_where_the_server_listens_on_ipv6(said):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=said)) == "192.0.2.7"

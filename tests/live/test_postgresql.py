"""What only happens with a database server: it goes away and comes back."""

import time
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.live.listening import Ears

pytestmark = pytest.mark.database


@contextmanager
def database_away(address: str):
    """Every connection is cut and none is let in, as while the server restarts."""
    head, _, options = address.partition("?")
    server, _, name = head.rpartition("/")
    letting_in = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    with psycopg.connect(f"{server}/postgres?{options}", autocommit=True) as connection:
        connection.execute(letting_in.format(sql.Identifier(name), sql.Literal(False)))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        try:
            yield
        finally:
            connection.execute(letting_in.format(sql.Identifier(name), sql.Literal(True)))


def test_news_come_again_after_a_restart_of_the_database(program):
    with Ears(program.port) as ears:
        before = ears.news()["version"]
        with database_away(program.environment["LOKET_DATABASE"]):
            # The line to the screen lives on meanwhile.
            assert ears.event() == ("ping", {})
        program.stage("take_numbers")

        assert ears.news(20)["version"] > before


def test_news_come_at_once_and_not_only_with_the_safety_look(program):
    with Ears(program.port) as ears:
        ears.news()
        waits = []
        for _ in range(3):
            program.stage("take_numbers")
            begun = time.monotonic()
            ears.news()
            waits.append(time.monotonic() - begun)

    assert max(waits) < 1

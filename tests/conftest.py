import gc
from itertools import compress
from operator import not_
from unittest import mock

import pytest
from django.test import client
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.ending import at_the_end, begin_run
from tests.migrated import on_sqlite

# Whoever carries one of these meets the database that the tests run on.
MEETS_THE_DATABASE = ("django_db", "race", "database")
# For a browser, or for what is killed and started again.
WAITING = ("journey", "drill")


@pytest.fixture(autouse=True, scope="session")
def static_files_looked_up_once():
    """Each test client has middleware of its own, and finding all files for it took half of a request."""
    find, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def remember(middleware):
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with mock.patch.object(WhiteNoiseMiddleware, "add_files_from_finders", remember):
        yield


@pytest.fixture(autouse=True, scope="session")
def one_context_a_page():
    """Django copies the context of each template that a page is made of; that of the view is enough."""
    keep = client.store_rendered_templates

    def keep_first(store, *said, **context):
        if "context" not in store:
            keep(store, *said, **context)

    with mock.patch.object(client, "store_rendered_templates", keep_first):
        yield


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """What a role may do is tested without it; the tests of the second factor ask for it."""
    settings.REQUIRE_2FA = False


def pytest_addoption(parser):
    what = "only journeys and drills, which mostly wait; or all others"
    parser.addoption("--waiting", choices=["only", "not"], help=what)


def pytest_configure():
    begin_run()


def pytest_collection_finish():
    """What is loaded by now stays, as in the served program: looking through it took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_sessionfinish():
    at_the_end.close()


def pytest_collection_modifyitems(config, items):
    waiting = config.getoption("waiting")
    asked = [_is_asked(test) and _is_waited_for(test, waiting) for test in items]
    config.hook.pytest_deselected(items=list(compress(items, map(not_, asked))))
    items[:] = list(compress(items, asked))


def _is_asked(test) -> bool:
    """What never meets the database says the same on PostgreSQL, so it is asked on SQLite only."""
    only_on = test.get_closest_marker("only_on")
    if only_on:
        return only_on.args[0] == ("sqlite" if on_sqlite() else "postgresql")
    return on_sqlite() or _meets_the_database(test)


def _is_waited_for(test, waiting: str | None) -> bool:
    waits = any(map(test.get_closest_marker, WAITING))
    return waiting is None or waits == (waiting == "only")


def _meets_the_database(test) -> bool:
    return "db" in test.fixturenames or any(map(test.get_closest_marker, MEETS_THE_DATABASE))

"""What the API's description promises is what it does, also to those who ask nonsense."""

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from loket.screens.api.operations import description
from tests.cast import an_office
from tests.screens.shelf import fill_shelf

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_dict(description())
pages = get_wsgi_application()


def from_this_machine(environ, start_response):
    return pages(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


schema.app = from_this_machine


@pytest.fixture(autouse=True)
def an_office_and_time_to_ask(settings, tmp_path):
    """Served without the end of a request closing the test's own connection, as Django's client does."""
    settings.API_PER_MINUTE = 100_000
    settings.LIBRARY_INDEX = tmp_path / "index"
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield fill_shelf(an_office())
    for end in ends:
        end.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case):
    case.call_and_validate()

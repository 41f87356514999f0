"""The demo has a survey with two periods and complaints in every state; the next look adds little."""

from datetime import datetime, timedelta

import pytest

from loket.base import events
from loket.demo import accounts, complaining, opinions
from loket.feedback.models import Complaint, Period, Response
from loket.feedback.queries_complaints import public_figures
from loket.feedback.results import recent_of
from loket.offices import loading, officefile
from loket.rules.complaining import State
from tests.cast import WIB

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=WIB)


@pytest.fixture
def office():
    return loading.load(file=officefile.read(loading.example("3574")), by="loket", at=TUESDAY).office


def complain(office, at=TUESDAY):
    [sari, *_] = accounts.make(office=office, at=at)
    return complaining.complain(office=office, supervisor=accounts.supervisor(), handler=sari, at=at)


def test_two_surveys_have_enough_respondents_for_an_index(office):
    opinions.survey(office=office, at=TUESDAY)

    now, before = recent_of(office)
    assert (now.period.first.month, now.period.last.month) == (9, 11)
    assert before.period.reports.count() == 1
    assert before.period.follow_ups.count() == 3
    assert min(now.respondents, before.respondents) >= 10
    assert 65 < now.ikm < 100
    assert not Response.objects.filter(at__gt=TUESDAY).exists()
    assert list(events.verify()) == []


def test_looking_again_answers_only_for_the_days_that_passed(office):
    opinions.survey(office=office, at=TUESDAY)

    assert opinions.survey(office=office, at=TUESDAY + timedelta(hours=5)) == 0
    assert 0 < opinions.survey(office=office, at=TUESDAY + timedelta(days=3)) <= 2
    opinions.survey(office=office, at=TUESDAY + timedelta(days=30))
    assert list(Period.objects.order_by("first").values_list("first__month", flat=True)) == [6, 9, 12]


def test_there_is_a_complaint_in_every_state(office):
    complain(office)

    states = set(Complaint.objects.values_list("state", flat=True))
    assert states == {state.value for state in State}
    assert Complaint.objects.filter(confidential=True).exists()
    assert {bool(email) for email in Complaint.objects.values_list("email", flat=True)} == {True, False}
    # Nobody of the staff is named by chance, which would keep them from reading it.
    assert not Complaint.objects.filter(about__isnull=False).exists()
    assert public_figures(office, year=2026).in_time_percent == 100
    assert not Complaint.objects.filter(received_at__gt=TUESDAY).exists()
    assert list(events.verify()) == []


def test_a_month_later_there_are_new_complaints(office):
    assert complain(office) == 11
    assert complain(office, TUESDAY + timedelta(days=3)) == 0
    assert complain(office, TUESDAY + timedelta(days=35)) == 11

"""How the screens say the states of a complaint and its deadlines."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from loket.offices.clock import local
from loket.offices.models import Office
from loket.rules.complaining import State


def state_words(state: State) -> str:
    return {
        State.RECEIVED: _("received"),
        State.VERIFIED: _("verified"),
        State.IN_PROGRESS: _("in progress"),
        State.NOT_OURS: _("sent on to another institution"),
        State.DUPLICATE: _("answered with an earlier complaint"),
        State.RESOLVED: _("decided"),
        State.OBJECTION: _("objection being looked at"),
        State.FINAL: _("closed"),
    }[state]


def last_day(office: Office, due: datetime) -> date:
    """The last day on which it is in time: a deadline at midnight belongs to the day that ends."""
    return local(office, due - timedelta(microseconds=1)).date()

"""The demo's hall is open at any hour, so that a first look at night does not end at a closed door."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from loket.consultations.actions import recomputing
from loket.offices import queries
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.rules import calendarfile
from loket.rules.calendarparts import MIDNIGHT, Interval, SpecialPeriod
from loket.rules.worktime import Calendar

NAME = "Hari demo: buka sepanjang hari"
# The last visitors of the usual day would get no number any more.
ENOUGH = timedelta(hours=2)
ALL_DAY = (Interval(time(0), MIDNIGHT),)


def keep_open(*, office: Office, at: datetime) -> bool:
    """Publish today as a special day unless the hall is open long enough; True while it is one.

    On such a day numbers are given until midnight: the rule of the last number would end them earlier.
    """
    calendar = calendarfile.from_dict(queries.newest_version(office).content)
    period = calendar.period_of(local_day(office, at))
    special = period is not None and period.name == NAME
    moment = calendar.moment(at)
    if not special and not (moment.closes_at and moment.closes_at - at > ENOUGH):
        opened = _open_today(calendar, office, at)
        recomputing.publish(office=office, calendar=opened, by="loket", at=at, reason=NAME)
        special = True
    if office.settings.get("last_number_rule", True) == special:
        office.settings["last_number_rule"] = not special
        office.save(update_fields=["settings"])
    return special


def _open_today(calendar: Calendar, office: Office, at: datetime) -> Calendar:
    today = local_day(office, at)
    period = SpecialPeriod(today, today, NAME, (ALL_DAY,) * 7)
    return replace(
        calendar,
        closed=tuple(closed for closed in calendar.closed if closed.day != today),
        special=(*(other for other in calendar.special if other.name != NAME), period),
    )

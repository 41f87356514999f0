"""Noting what was forecast, so that the ranges can be compared with what happened (DESIGN D19)."""

from datetime import datetime, timedelta

from django.db import transaction

from loket.base import sql
from loket.offices.models import Service
from loket.rules.queueing import State
from loket.rules.waiting import Range
from loket.visits.estimating import line_of
from loket.visits.models import Ticket, TicketQuerySet

# A forecast noted later would be compared with a wait that had begun long before it.
FRESH = timedelta(minutes=1)
AT_ONCE = 25


def without_forecast(*, at: datetime) -> TicketQuerySet:
    """Waiting tickets taken in the last minute for which nothing is noted yet."""
    return Ticket.objects.filter(
        state=State.WAITING, forecast_median=None, taken_at__gt=at - FRESH, taken_at__lte=at
    )


def note_forecasts(*, service: Service, at: datetime) -> int:
    """Note the forecast of each fresh ticket of the service, from one look at its line (minutes).

    What is noted once stays. Notes nothing while no counter serves. Returns how many were noted.
    """
    line = line_of(service, at=at)
    forecasts = dict(zip(line.keys, line.forecasts, strict=False))
    fresh = without_forecast(at=at).filter(service=service).order_by("pk").values_list("pk", flat=True)
    wanted = [pk for pk in fresh if pk in forecasts]
    # In small transactions: somebody at the kiosk waits behind each of them.
    return sum(_note(wanted[start : start + AT_ONCE], forecasts) for start in range(0, len(wanted), AT_ONCE))


@transaction.atomic
def _note(keys: list[int], forecasts: dict[int, Range]) -> int:
    return sum(
        sql.run(
            "UPDATE visits_ticket SET forecast_low = %s, forecast_median = %s, forecast_high = %s"
            " WHERE id = %s AND forecast_median IS NULL",
            forecasts[key].low, forecasts[key].median, forecasts[key].high, key,
        )
        for key in keys
    )  # fmt: skip

"""Noting what was forecast, so that the ranges can be compared with what happened (DESIGN D19)."""

from datetime import datetime, timedelta

from django.db import transaction

from loket.offices.models import Service
from loket.rules.queueing import State
from loket.visits.estimating import line_of
from loket.visits.models import Ticket, TicketQuerySet

# A forecast noted later would be compared with a wait that had begun long before it.
FRESH = timedelta(minutes=1)


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
    noted = 0
    with transaction.atomic():
        for ticket in without_forecast(at=at).filter(service=service, pk__in=forecasts).order_by("pk"):
            forecast = forecasts[ticket.pk]
            noted += (
                without_forecast(at=at)
                .filter(pk=ticket.pk)
                .update(
                    forecast_low=forecast.low, forecast_median=forecast.median, forecast_high=forecast.high
                )
            )
    return noted

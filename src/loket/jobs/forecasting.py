"""What is forecast for a visitor who just took a number is noted, to be compared with what happened (D19)."""

from datetime import datetime

from django.db.models import QuerySet

from loket.offices.models import Service
from loket.visits.actions.forecasting import note_forecasts, without_forecast


def due(at: datetime) -> QuerySet[Service]:
    """Services where somebody has just taken a number."""
    services = without_forecast(at=at).values("service_id")
    return Service.objects.filter(pk__in=services).select_related("office").order_by("pk")


def note(service: Service, at: datetime) -> int:
    return note_forecasts(service=service, at=at)

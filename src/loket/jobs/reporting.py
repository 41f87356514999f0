"""The month's figures go out by mail in its first days, where the office asks for it."""

from datetime import datetime

from loket.offices.models import Office
from loket.reports import letters


def due(at: datetime) -> list[Office]:
    asking = Office.objects.filter(serves=True, settings__report_mail="monthly").order_by("pk")
    return [office for office in asking if letters.month_due(office=office, at=at)]


def send(office: Office, at: datetime) -> int:
    month = letters.month_due(office=office, at=at)
    return letters.send(office=office, month=month, at=at) if month else 0

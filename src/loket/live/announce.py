"""Telling screens that something changed: "topic, version", in the transaction of the change.

Other processes see the new version after the commit; a screen then fetches what it may see (D8).
"""

from django.db import connection
from django.db.models import F

from loket.live.models import Topic


def changed(topic: str) -> None:
    """Count the topic up. Call within the transaction of the change, after `events.hold`."""
    if not Topic.objects.filter(name=topic).update(version=F("version") + 1):
        Topic.objects.bulk_create([Topic(name=topic, version=1)], ignore_conflicts=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Only a wake-up: the listener reads versions from the table (D9).
            cursor.execute("SELECT pg_notify('loket_live', %s)", [topic])


def version(topic: str) -> int:
    """The version to render into a page, so that its stream misses nothing that came after."""
    return Topic.objects.filter(name=topic).values_list("version", flat=True).first() or 0  # unique name


def hall(office_code: str) -> str:
    """The queue of one office: tickets, counters, calls."""
    return f"hall:{office_code}"


def devices(office_code: str) -> str:
    return f"devices:{office_code}"

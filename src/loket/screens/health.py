"""For monitors and proxies: is the process alive, can it do its work, and a few figures.

Nothing here tells of a person; docs/operating says how to keep strangers from the figures.
"""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from loket.diagnosis import database, figures, surroundings, work
from loket.screens.access import everybody


@everybody
def alive(request):
    return HttpResponse("alive\n", content_type="text/plain")


@everybody
def ready(request):
    enough = surroundings.free_bytes() >= surroundings.ENOUGH_BYTES
    found = {"database": database.is_reachable(), "disk": enough}
    found["migrations"] = found["database"] and not database.missing_migrations()
    found["worker"] = found["migrations"] and work.is_at_work(timezone.now())
    status = 200 if all(found.values()) else 503
    # No reason to send nobody here: the version before still runs on the tables of the next one.
    newer = {"newer_database": found["database"] and bool(database.unknown_migrations())}
    return JsonResponse(found | newer, status=status)


@everybody
def metrics(request):
    return HttpResponse(figures.exposition(timezone.now()), content_type="text/plain; version=0.0.4")

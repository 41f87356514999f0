"""For monitors and proxies: is the process alive, can it do its work."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from loket.base.models import Heartbeat
from loket.screens.access import everybody

WORKER_LATE = timedelta(seconds=60)
ENOUGH_BYTES = 200 * 1024 * 1024


@everybody
def alive(request):
    return HttpResponse("alive\n", content_type="text/plain")


@everybody
def ready(request):
    found = {
        "database": _database(),
        "disk": shutil.disk_usage(settings.HOME).free >= ENOUGH_BYTES,
    }
    found["migrations"] = found["database"] and _migrated()
    found["worker"] = found["migrations"] and _worker(timezone.now())
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker(at) -> bool:
    return Heartbeat.objects.filter(name="worker", at__gte=at - WORKER_LATE).exists()

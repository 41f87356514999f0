"""django-helpdesk with ten thousand tickets, run by the Python of an environment of its own.

`python django_helpdesk.py '{"home": FOLDER, "rounds": 30, "tickets": 10000}'` prints its figures as JSON.
It is asked for what an officer's list page shows: its list fetches the rows with one more request. A search
is such a list; "search page" is the page around it, without the rows.
"""

import json
import statistics
import sys
import time
from pathlib import Path

FACTS = json.loads(sys.argv[1])


def configure() -> None:
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="benchmark",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(FACTS["home"]) / "peer.sqlite3"),
            }
        },
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django.contrib.sites",
            "django.contrib.humanize",
            "helpdesk",
            "rest_framework",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ROOT_URLCONF="__main__",
        SITE_ID=1,
        USE_TZ=True,
        STATIC_URL="/static/",
        ALLOWED_HOSTS=["*"],
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_TEAMS_MODEL="auth.Group",
        HELPDESK_KB_ENABLED=True,
        HELPDESK_TEAMS_MIGRATION_DEPENDENCIES=[("auth", "0001_initial")],
        HELPDESK_KBITEM_TEAM_GETTER=lambda _: None,
        LOGIN_URL="/login/",
        LOGGING_CONFIG=None,
    )
    django.setup()


def fill() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone
    from helpdesk.models import FollowUp, Queue, Ticket

    call_command("migrate", verbosity=0)
    sari = get_user_model().objects.create_superuser("sari", "sari@kantor.example", "sari")
    queue = Queue.objects.create(title="Konsultasi", slug="k", allow_public_submission=True)
    now = timezone.now()
    count = FACTS["tickets"]
    Ticket.objects.bulk_create(
        Ticket(
            queue=queue,
            title=f"Inflasi Kota Probolinggo bulan ke-{n}",
            description=f"Berapa {n}?",
            created=now,
            status=1 if n % 20 < 18 else 4,
            priority=3,
            submitter_email=f"p{n % 1000}@surel.example",
            secret_key="x",
            assigned_to=sari if n % 3 == 0 else None,
        )
        for n in range(count)
    )
    FollowUp.objects.bulk_create(
        FollowUp(ticket_id=key, date=now, title="Balasan", comment="2,41 persen.", public=True, user=sari)
        for key in Ticket.objects.values_list("pk", flat=True)
        for _ in range(3)
    )


def measure() -> dict:
    from django.test import Client
    from helpdesk.models import Queue, Ticket
    from helpdesk.query import query_to_base64

    sari = Client()
    sari.login(username="sari", password="sari")
    opened = {"filtering": {"status__in": [1, 2, 3]}, "sorting": "created", "search_string": ""}
    sought = opened | {"search_string": "ke-777"}
    common = opened | {"search_string": "Probolinggo"}
    page = {"draw": 1, "start": 0, "length": 25, "order[0][column]": 0, "order[0][dir]": "desc"}
    page["search[value]"] = ""
    queue, key = Queue.objects.get().pk, Ticket.objects.order_by("pk").values_list("pk", flat=True)[5000]

    def rows(query):
        return lambda: sari.get(f"/datatables_ticket_list/{query_to_base64(query)}", page)

    def create():
        form = {"queue": queue, "title": "Inflasi", "body": "Berapa?", "priority": 3}
        return Client().post("/tickets/submit/", form | {"submitter_email": "p1@surel.example"})

    return {
        "list": timed(rows(opened), 200),
        "search": timed(rows(sought), 200),
        "search common": timed(rows(common), 200),
        "search page": timed(lambda: sari.get(f"/tickets/?query={query_to_base64(common)}"), 200),
        "detail": timed(lambda: sari.get(f"/tickets/{key}/"), 200),
        "create": timed(create, 302),
    }


def timed(act, status: int) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    walls, cpus = [], []
    for turn in range(FACTS["rounds"] + 3):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = act()
        if answer.status_code != status:
            raise SystemExit(f"{answer.status_code} instead of {status}: {answer.content[:500]!r}")
        if turn >= 3:
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
    with CaptureQueriesContext(connection) as queries:
        act()
    return {"queries": len(queries), "ms": statistics.median(walls), "cpu": statistics.median(cpus)}


if __name__ == "__main__":
    configure()
    from django.urls import include, path

    # This program is the URLconf as well.
    urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
    fill()
    print(json.dumps(measure()))

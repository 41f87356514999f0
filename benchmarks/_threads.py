"""Filling and measuring consultations: python -m benchmarks._threads VERB '{"facts": ...}' prints JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

ASKERS = 1000
WORDS = "('Inflasi', 'Kemiskinan', 'PDRB', 'Penduduk', 'Padi', 'Ekspor', 'Upah')"
COLUMNS = (
    "office_id, asker_id, door, token, year, number, kind, subject, question, purpose, answer, referral,"
    " search_words, asked_without_search, language, state, close_reason, assignee_id, due_at, warn_at,"
    " close_at, escalate_at, version, turn, closings, created_at, last_at, closed_at"
)


def prepare() -> dict[str, Any]:
    """An office with an officer and a thousand visitors with accounts; sessions of two of them."""
    from allauth.account.models import EmailAddress
    from django.utils import timezone
    from tests import staging
    from tests.cast import an_office, an_officer

    from loket.people.models import User

    now = timezone.now()
    office = an_office()
    sari = an_officer(office, "Sari")
    User.objects.bulk_create(
        User(email=f"p{number}@surel.example", name=f"Budi {number}", password="!")
        for number in range(ASKERS)
    )
    budi = User.objects.get(email="p0@surel.example")
    EmailAddress.objects.create(user=budi, email=budi.email, verified=True, primary=True)
    return {"sari": staging._session(sari, now), "budi": staging._session(budi, now)}


def fill(*, until: int) -> int:
    """So many consultations with three messages each, by the database's own means; all due later.

    Of twenty, nine wait for the office, nine for the visitor, two are closed.
    """
    from django.db import connection

    from loket.consultations.models import Consultation, ConsultationSeries
    from loket.offices.models import Office
    from loket.people.models import User

    office = Office.objects.get(code="3574")
    sari = User.objects.get(name="Sari")
    first = User.objects.order_by("pk").filter(email__startswith="p").values_list("pk", flat=True)[0]
    already = Consultation.objects.count()
    newest = Consultation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(_consultations(office.pk, sari.pk, first, already + 1, until))
        cursor.execute(_turns(office.pk, newest))
        cursor.execute(_messages(sari.pk, newest))
        cursor.execute("ANALYZE")
    ConsultationSeries.objects.update_or_create(office=office, year=_year(), defaults={"last": until})
    return Consultation.objects.count()


def _year() -> int:
    from django.utils import timezone

    return timezone.now().year


def _at(minutes: str) -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"now() + ({minutes}) * interval '1 minute'"
    return f"strftime('%Y-%m-%d %H:%M:%f', 'now', ({minutes}) || ' minutes')"


def _if(condition: str, value: str) -> str:
    return f"CASE WHEN {condition} THEN {value} END"


def _consultations(office: int, sari: int, first: int, begin: int, end: int) -> str:
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    token = "substr(md5(random()::text || n), 1, 22)" if postgresql else "lower(hex(randomblob(11)))"
    yes = "true" if postgresql else "1"
    state = "CASE WHEN n % 20 < 9 THEN 'office' WHEN n % 20 < 18 THEN 'visitor' ELSE 'closed' END"
    # A day and more ahead, spread over a year, so that nothing is due while we measure.
    later = _at("2000 + (n * 7919) % 500000")
    ago = _at("-(n * 7919) % 500000 - 1")
    return f"""
        WITH RECURSIVE numbers(n) AS (
            SELECT CAST({begin} AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < {end}
        )
        INSERT INTO consultations_consultation ({COLUMNS})
        SELECT {office}, {first} + n % {ASKERS}, 'online', {token}, {_year()}, n, 'data',
            'Inflasi Kota Probolinggo bulan ke-' || n, 'Berapa inflasi bulan ke-' || n || '?', 'study',
            '', '', 'inflasi', {yes}, 'id', {state}, CASE WHEN n % 20 < 18 THEN '' ELSE 'solved' END,
            {_if("n % 3 = 0", str(sari))},
            {_if("n % 20 < 9", later)}, {_if("n % 20 BETWEEN 9 AND 17", later)},
            {_if("n % 20 BETWEEN 9 AND 17", later)}, {_if("n % 20 < 9", later)},
            3, 1, CASE WHEN n % 20 < 18 THEN 0 ELSE 1 END, {ago}, {ago}, {_if("n % 20 >= 18", ago)}
        FROM numbers"""


def _turns(office: int, after: int) -> str:
    from django.db import connection

    late, true = _at("0"), "true" if connection.vendor == "postgresql" else "1"
    days = '\'["2026-11-24", "2026-11-25", "2026-11-26"]\''
    answered = "state <> 'office'"
    return f"""
        INSERT INTO consultations_turn (consultation_id, office_id, number, started_at, due_at, first_due_at,
            counted, skipped, warnings, calendar_version, escalated, ended_at, answered_at, met, excused_by,
            excused_reason, silent_since, warn_at, close_at, silence_counted, silence_skipped,
            silence_warnings, silence_version)
        SELECT id, {office}, 1, created_at, coalesce(due_at, {late}), coalesce(due_at, {late}),
            {days}, '[]', '[]', 1, 0, {_if(answered, "last_at")}, {_if(answered, "last_at")},
            {_if(answered, true)}, '', '', {_if("state = 'visitor'", "last_at")}, warn_at, close_at, {days},
            '[]', '[]', 1
        FROM consultations_consultation WHERE id > {after}"""


def _messages(sari: int, after: int) -> str:
    from django.db import connection

    yes = "true" if connection.vendor == "postgresql" else "1"
    return f"""
        INSERT INTO consultations_message (consultation_id, turn, kind, text, at, by, author_id, public,
            institution, address, facts)
        SELECT id, 1, kinds.kind, question || ' ' || kinds.kind, created_at,
            CASE kinds.kind WHEN 'visitor' THEN 'visitor' ELSE 'staff:{sari}' END,
            CASE kinds.kind WHEN 'visitor' THEN asker_id ELSE {sari} END, {yes}, '', '', '{{}}'
        FROM consultations_consultation CROSS JOIN (
            SELECT 'visitor' AS kind UNION ALL SELECT 'clarification' UNION ALL SELECT 'visitor'
        ) AS kinds WHERE consultations_consultation.id > {after}"""


class Counting:
    """How many statements were sent; beginning a transaction asks nothing."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += not sql.startswith("BEGIN")
        return execute(sql, params, many, context)


def measure(*, sari: str, budi: str, rounds: int) -> dict[str, dict[str, float]]:
    """Each page in this process: statements, and the medians of wall and CPU milliseconds."""
    from django.conf import settings
    from django.test import Client

    from loket.consultations.models import Consultation
    from loket.jobs import consulting

    settings.ALLOWED_HOSTS = ["testserver"]
    # The limits count as they do, only nobody reaches them.
    settings.RATE_LIMITS = {"ask": "999999/h/user,999999/h/ip", "reply": "999999/h/user,999999/h/ip"}
    officer, visitor = Client(), Client()
    officer.cookies["loket_session"], visitor.cookies["loket_session"] = sari, budi
    desk = "/3574/petugas/konsultasi/"
    waiting = Consultation.objects.filter(state="office", due_at__isnull=False).order_by("due_at", "pk")
    middle = waiting[waiting.count() // 2]
    deep = f"{desk}?sesudah={int(middle.due_at.timestamp() * 1_000_000)}-{middle.pk}"
    rows = iter(list(waiting.values("token", "version")[: 3 * rounds + 40]))

    def post():
        row = next(rows)
        form = {"kind": "answer", "text": "2,41 persen.", "seen": row["version"], "key": uuid4().hex}
        return officer.post(f"{desk}{row['token']}/pesan/", form)

    def create():
        form = {"text": "Berapa inflasi?", "kind": "data", "purpose": "study", "key": uuid4().hex}
        return visitor.post("/3574/konsultasi/tanya/", form)

    pages = {
        "inbox": (lambda: officer.get(desk), 200),
        "deep page": (lambda: officer.get(deep), 200),
        "detail": (lambda: officer.get(f"{desk}{middle.token}/"), 200),
        "post": (post, 302),
        "create": (create, 302),
    }
    told = {name: _timed(act, status, rounds) for name, (act, status) in pages.items()}
    # A word that few contain, and one that is in all of them.
    told["search"] = _timed(lambda: officer.get(f"{desk}?kata=ke-777"), 200, rounds)
    told["common word"] = _timed(lambda: officer.get(f"{desk}?kata=inflasi"), 200, rounds)
    told["due-scan"] = _timed(lambda: _scan(consulting), None, rounds * 5)
    return told


def _scan(consulting) -> None:
    from django.utils import timezone

    at = timezone.now()
    for due in (consulting.closings_due, consulting.warnings_due, consulting.escalations_due):
        assert due(at) == []


def _timed(act: Callable[[], Any], status: int | None, rounds: int) -> dict[str, float]:
    from django.db import connection

    walls, cpus, counts = [], [], []
    for turn in range(rounds + 5):
        counting = Counting()
        wall, cpu = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(counting):
            answer = act()
        spent = time.perf_counter() - wall, time.process_time() - cpu
        if status is not None and answer.status_code != status:
            raise RuntimeError(f"{answer.status_code} instead of {status}: {answer.content[:2000]!r}")
        if turn >= 5:
            walls.append(spent[0] * 1000)
            cpus.append(spent[1] * 1000)
            counts.append(counting.count)
    return {"queries": max(counts), "ms": statistics.median(walls), "cpu": statistics.median(cpus)}


if __name__ == "__main__":
    django.setup()
    verbs = {"prepare": prepare, "fill": fill, "measure": measure}
    print(json.dumps(verbs[sys.argv[1]](**json.loads(sys.argv[2]))))

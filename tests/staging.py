"""Scenes for a served program: python -m tests.staging SCENE '{"facts": ...}' prints JSON."""

import json
import sys
from typing import Any

import django


def hall(counters: int = 2, **settings: Any) -> dict[str, Any]:
    """An office that is open day and night, its people with live sessions, its devices paired."""
    from django.utils import timezone

    from loket.people.models import Device, Role
    from tests.cast import an_office, an_officer

    now = timezone.now()
    office = an_office(counters=counters, settings={"last_number_rule": False} | settings)
    _always_open(office)
    people = {
        name: _session(an_officer(office, name, role), now)
        for name, role in (
            ("Sari", Role.OFFICER),
            ("Tono", Role.OFFICER),
            ("Rina", Role.SUPERVISOR),
            ("Adi", Role.ADMINISTRATOR),
        )
    }
    return {"office": office.code, "sessions": people, "devices": _devices(office, now, Device)}


def example_office(code: str, at: str) -> dict[str, Any]:
    """An office as it is shipped, taken over at `at`; its devices paired."""
    from datetime import datetime

    from loket.offices import officefile
    from loket.offices.loading import example, load
    from loket.people.models import Device

    now = datetime.fromisoformat(at)
    office = load(file=officefile.read(example(code)), by="loket", at=now).office
    return {"office": office.code, "sessions": {}, "devices": _devices(office, now, Device)}


def _always_open(office) -> None:
    week = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    calendar = office.calendars.get(version=1)
    calendar.content = calendar.content | {"week": week}
    calendar.save()


def _session(user, now) -> str:
    """A session as signing in makes it: the value of the session cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from loket.people.signing_in import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["account_authentication_methods"] = [{"method": "code", "at": now.timestamp(), "email": user.email}]
    store["second_factor"] = True
    store.save()
    return store.session_key


def _devices(office, now, device_model) -> dict[str, str]:
    from loket.people import devices

    tokens = {}
    for kind in device_model.Kind:
        settings = {"counter": 1} if kind == device_model.Kind.RATING else {}
        added = devices.add_device(
            office=office, kind=kind, name=f"{kind.value} 1", by="staff:1", at=now, settings=settings
        )
        _, tokens[kind.value] = devices.pair(office=office, kind=kind, code=added.pairing_code, at=now)
    return tokens


def take_numbers(count: int = 1, priority: str = "") -> list[str]:
    """Numbers as the kiosk gives them; their tokens, in order."""
    from django.utils import timezone

    from loket.base import ids
    from loket.offices.models import Office
    from tests.cast import take

    office = Office.objects.get(code="3574")
    return [take(office, at=timezone.now(), key=ids.token(), priority=priority).token for _ in range(count)]


def fill_library() -> dict[str, int]:
    """A small library, indexed; the keys of its items by their names."""
    from loket.library.index import freshness
    from loket.offices.models import Office
    from tests.screens.shelf import fill_shelf

    shelf = fill_shelf(Office.objects.get(code="3574"))
    # A search answers with the index before while another process writes it; a journey does not wait 2 s.
    freshness.refresh()
    return {key: item.pk for key, item in shelf.items()}


def ask_questions(subjects: list[str]) -> list[str]:
    """Budi asks, one question after the other; the tokens of his consultations."""
    from datetime import timedelta

    from django.utils import timezone

    from loket.consultations.actions import asking
    from loket.offices.models import Office
    from tests.consultations.conversation import budi

    office, begun = Office.objects.get(code="3574"), timezone.now() - timedelta(minutes=5)
    return [
        asking.ask(
            office=office,
            asker=budi(),
            question=asking.Question(subject=subject, text=f"{subject}?", kind="data"),
            at=begun + timedelta(seconds=place),
        ).token
        for place, subject in enumerate(subjects)
    ]


def let_a_second_officer_read() -> None:
    from loket.offices.models import Office

    Office.objects.filter(code="3574").update(settings={"second_officer": True})


def visitor_session() -> str:
    """Budi is signed in."""
    from django.utils import timezone

    from tests.consultations.conversation import budi

    return _session(budi(), timezone.now())


def messages() -> list[list[str]]:
    """What was said in all conversations: the subject, what kind of message, by whom, and the words."""
    from loket.consultations.models import Message

    said = Message.objects.exclude(kind="system").order_by("pk")
    return [list(row) for row in said.values_list("consultation__subject", "kind", "author__name", "text")]


def searches() -> list[dict[str, Any]]:
    """What was looked for, and what followed."""
    from loket.library.models import SearchLog

    return list(
        SearchLog.objects.order_by("pk").values("words", "results", "place", "rank", "item__key", "asked")
    )


def change_settings(**settings: Any) -> None:
    from loket.offices.models import Office

    office = Office.objects.get(code="3574")
    office.settings = office.settings | settings
    office.save()


def quick_calls(counters: list[int]) -> list[str]:
    """The counters call one after the other, as fast as officers can press; the numbers called."""
    from django.utils import timezone

    from loket.offices.models import Office
    from loket.visits.actions.calling import call_next
    from tests.cast import sari_at_counter

    office = Office.objects.get(code="3574")
    names = {1: "Sari", 2: "Tono"}
    called = []
    for number in counters:
        session = sari_at_counter(office, number=number, name=names[number], at=timezone.now())
        take_numbers()
        called.append(call_next(session=session, at=timezone.now()).label)
    return called


def publish_standard() -> None:
    """The standard of the shipped example, without its opening hours."""
    import tomllib

    from django.utils import timezone

    from loket.offices.loading import example
    from loket.offices.models import Office

    content = tomllib.loads(example("3574"))["standard"]
    Office.objects.get(code="3574").standards.create(
        version=1, decree=content["decree"], content=content, published_at=timezone.now()
    )


def set_up_device(kind: str, **settings: Any) -> None:
    """Set a paired device up as an administrator would, e.g. roll="80" for a kiosk."""
    from django.utils import timezone

    from loket.people.devices import set_up
    from loket.people.models import Device

    device = Device.objects.get(kind=kind)
    set_up(device=device, name=device.name, settings=settings, by="staff:1", at=timezone.now())


def device_state(kind: str) -> dict[str, Any]:
    """What the device said of itself last."""
    from loket.people.models import Device

    return Device.objects.get(kind=kind).state


def withdraw_devices() -> None:
    from django.utils import timezone

    from loket.people.devices import revoke
    from loket.people.models import Device

    for device in Device.objects.order_by("pk"):
        revoke(device=device, by="staff:1", at=timezone.now())


def tickets() -> list[dict[str, Any]]:
    """What the database says of every ticket, by number."""
    from loket.visits.models import Ticket

    return [
        {"label": ticket.label, "state": ticket.state, "token": ticket.token, "calls": ticket.calls}
        for ticket in Ticket.objects.order_by("letter", "number", "pk")
    ]


def ratings() -> list[dict[str, Any]]:
    from loket.feedback.models import Rating

    return [
        {
            "label": rating.ticket.label,
            "score": rating.score,
            "channel": rating.channel,
            "comment": rating.comment,
        }
        for rating in Rating.objects.select_related("ticket").order_by("pk")
    ]


def mails() -> list[dict[str, str]]:
    from loket.outbox.models import Mail

    return list(Mail.objects.order_by("pk").values("kind", "to", "subject", "text", "state"))


def serve_one(called: str, started: str, finished: str) -> dict[str, Any]:
    """Sari serves the next visitor, each press at the instant that her clock says."""
    from datetime import datetime

    from loket.offices.models import Office
    from loket.visits.actions import calling
    from tests.cast import sari_at_counter

    office = Office.objects.get(code="3574")
    session = sari_at_counter(office, at=datetime.fromisoformat(called))
    calling.call_next(session=session, at=datetime.fromisoformat(called))
    calling.start(session=session, at=datetime.fromisoformat(started))
    ticket = calling.finish(session=session, at=datetime.fromisoformat(finished))
    ticket.refresh_from_db()
    return {"state": ticket.state, "minutes": (ticket.finished_at - ticket.started_at).total_seconds() / 60}


def books() -> dict[str, Any]:
    """Everything that was promised to somebody: numbers, messages, and whether the event log verifies."""
    from loket.base import events
    from loket.base.models import Event
    from loket.outbox.models import Mail
    from loket.visits.models import Ticket

    tickets = Ticket.objects.order_by("rank", "pk")
    return {
        "tickets": [
            {"key": ticket.pk, "token": ticket.token, "day": ticket.day.isoformat(), "letter": ticket.letter,
             "number": ticket.number, "state": ticket.state}
            for ticket in tickets
        ],
        "taken": sorted(Event.objects.filter(kind="ticket.take").values_list("subject", flat=True)),
        "mails": sorted(Mail.objects.filter(kind="ticket.taken").values_list("key", flat=True)),
        "faults": [str(fault) for fault in events.verify()],
    }  # fmt: skip


def a_served_visit() -> str:
    """Somebody was served at counter 1 just now; the path at which the visit is rated."""
    from django.utils import timezone

    from loket.feedback.links import rating_path
    from loket.offices.models import Office
    from loket.visits.actions import calling
    from tests.cast import sari_at_counter

    take_numbers()
    session = sari_at_counter(Office.objects.get(code="3574"), at=timezone.now())
    calling.call_next(session=session, at=timezone.now())
    calling.start(session=session, at=timezone.now())
    return rating_path(calling.finish(session=session, at=timezone.now()))


def open_survey(answers: int = 0) -> str:
    """A satisfaction survey that takes answers today, with some in it; the path of its link."""
    from datetime import timedelta

    from django.utils import timezone

    from loket.feedback.actions import surveys
    from loket.feedback.elements import KEYS
    from loket.offices.models import Office

    now = timezone.now()
    period = surveys.open_period(
        office=Office.objects.get(code="3574"), title="Semester I", first=now.date() - timedelta(days=60),
        last=now.date() + timedelta(days=60), population=983, by="staff:1", at=now,
    )  # fmt: skip
    for number in range(answers):
        by_key = {
            key: 1 + (number + place) % 4 if place % 4 == 2 else 4 - number % 2
            for place, key in enumerate(KEYS)
        }
        surveys.answer(
            period=period,
            answers=surveys.Answers(
                by_key,
                surveys.Respondent(
                    sex=("female", "male")[number % 2], age_band=("18_25", "26_34")[number % 2]
                ),
                "Kursi tunggu kurang" if number == 3 else "",
            ),
            channel=("link", "tablet")[number % 2],
            key=str(number),
            at=now,
        )
    return f"survei/{period.token}/"


def complaint_states() -> list[str]:
    from loket.feedback.models import Complaint

    return list(Complaint.objects.order_by("pk").values_list("state", flat=True))


def survey_answers() -> list[dict[str, Any]]:
    from loket.feedback.models import Response

    return list(Response.objects.order_by("pk").values("channel", "time", "complaints"))


def newest_code(email: str) -> str:
    """The code of the newest mail to this address."""
    import re

    from loket.outbox.models import Mail

    mail = Mail.objects.filter(kind="login_code", to=email).latest("pk")
    return re.search(r"^    (\S+)$", mail.text, re.MULTILINE)[1]


def as_before_merging() -> list[str]:
    """Each migration was applied under its own name, before one stood for several; which one does."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    merged = MigrationLoader(connection).replacements
    for app, name in merged:
        MigrationRecorder(connection).record_unapplied(app, name)
    return sorted(f"{app}.{name}" for app, name in merged)


def applied_migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def as_after_a_newer_program() -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).record_applied("base", "0099_later")


def unknown_migrations() -> list[str]:
    from loket.diagnosis import database

    return database.unknown_migrations()


def doors() -> dict[str, int]:
    """What would let somebody in without signing in or pairing."""
    from django.contrib.sessions.models import Session

    from loket.people.models import Device

    return {
        "sessions": Session.objects.count(),
        "device tokens": Device.objects.filter(token_digest__isnull=False).count(),
        "pairing codes": Device.objects.filter(pairing_code__isnull=False).count(),
    }


def a_person_like_no_other() -> str:
    """A small office that served and answered somebody whose every word stands nowhere else; the address."""
    from tests.cast import an_office
    from tests.privacy.budi import ADDRESS, at_the_hall, with_an_account

    office = an_office()
    ticket = at_the_hall(office)
    with_an_account(office, ticket.officer)
    return ADDRESS


def a_person_with_an_account() -> str:
    """Somebody in the guest book, with an answered question and a complaint; the address."""
    from loket.offices.models import Office
    from loket.people.actions import GuestEntry, greet
    from loket.people.models import User
    from tests.cast import MORNING
    from tests.privacy.budi import ADDRESS, with_an_account, word

    office = Office.objects.get()
    greet(office=office, entry=GuestEntry(name=word(1), email=ADDRESS), channel="kiosk", at=MORNING)
    with_an_account(office, User.objects.get(name="Sari"))
    return ADDRESS


def tables_telling(words: str) -> list[str]:
    """Every table that holds the words."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(words in str(value).lower() for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def a_consultation(email: str) -> str:
    """Somebody asked just now; the token of the thread."""
    from django.utils import timezone

    from loket.offices.models import Office
    from tests.consultations.conversation import ask, budi

    return ask(Office.objects.get(code="3574"), timezone.now(), by=budi(email)).token


def officer_writes(verb: str, text: str) -> None:
    """Sari writes into the newest thread: "answer", "clarify", "refer" or "hold_on"."""
    from django.utils import timezone

    from loket.consultations.actions import answering
    from loket.consultations.models import Consultation
    from tests.consultations.conversation import answer

    thread = Consultation.objects.select_related("office").latest("pk")
    answer(thread, timezone.now(), verb=getattr(answering, verb), text=text)


def a_silent_consultation(email: str) -> str:
    """Asked, answered, reminded and closed, each at its time; the token of the thread."""
    from datetime import timedelta

    from django.utils import timezone

    from loket.consultations.actions.closing import close_silent
    from loket.consultations.actions.warning import warn
    from loket.offices.models import Office
    from tests.consultations.conversation import answer, ask, budi, fresh

    now = timezone.now()
    asked = ask(Office.objects.get(code="3574"), now - timedelta(days=12), by=budi(email))
    answer(asked, now - timedelta(days=11))
    warn(consultation=fresh(asked), at=fresh(asked).warn_at)
    close_silent(consultation=fresh(asked), at=fresh(asked).close_at)
    return asked.token


def decree_a_holiday() -> None:
    """Tomorrow becomes a national holiday in the office's calendar."""
    from datetime import timedelta

    from django.utils import timezone

    from loket.consultations.actions import recomputing
    from loket.offices.clock import local_day
    from loket.offices.models import Office
    from loket.offices.queries import newest_version
    from loket.rules.calendarfile import from_dict

    office, now = Office.objects.get(code="3574"), timezone.now()
    day = local_day(office, now) + timedelta(days=1)
    closed = {"date": day.isoformat(), "kind": "national", "name": "Hari libur baru", "source": "SKB"}
    content = newest_version(office).content
    calendar = from_dict(content | {"closed": [*content.get("closed", []), closed]})
    recomputing.publish(office=office, calendar=calendar, by="staff:1", at=now, reason="SKB baru")


def consultations() -> list[dict[str, Any]]:
    """What the database says of every thread."""
    from loket.consultations.models import Consultation

    return [
        {
            "label": each.label,
            "state": each.state,
            "reason": each.close_reason,
            "searched": each.search_words,
            "scores": list(each.ratings.values_list("score", flat=True)),
            "files": list(each.attachments.values_list("name", flat=True)),
        }
        for each in Consultation.objects.order_by("pk")
    ]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(globals()[sys.argv[1]](**json.loads(sys.argv[2]))))

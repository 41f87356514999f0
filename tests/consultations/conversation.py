"""Budi asks and Sari answers, in a few words, for the tests of the room."""

from datetime import datetime

from allauth.account.models import EmailAddress

from loket.consultations.actions import answering, asking, replying
from loket.consultations.models import Consultation, Message, Turn
from loket.offices import calendars, queries
from loket.offices.models import CalendarVersion
from loket.people.models import User
from loket.rules import calendarfile
from tests.cast import an_office, an_officer
from tests.rules.calendars import calendar, wib


def with_calendar(office, content=None):
    """The office's calendar with the holidays of the joint decrees."""
    content = calendarfile.to_dict(content or calendar(zone=office.zone))
    newest = queries.newest_version(office)
    CalendarVersion.objects.create(
        office=office,
        version=newest.version + 1 if newest else 1,
        content=content,
        digest=calendars.digest(content),
        published_at=wib("2025-12-01T09:00"),
        published_by="loket",
        reason="SKB",
    )
    return office


def probolinggo(**fields):
    return with_calendar(an_office(**fields))


def budi(email="budi@surel.example", name="Budi", confirmed=True, **fields) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name, **fields)
    if confirmed:
        EmailAddress.objects.get_or_create(user=user, email=email, verified=True, primary=True)
    return user


def sari(office, name="Sari") -> User:
    return User.objects.filter(name=name).first() or an_officer(office, name)


def ask(office, at: str | datetime, *, by=None, text="Inflasi Kota Probolinggo 2025?", key=None, **more):
    question = asking.Question(subject="Inflasi", text=text, kind="data", purpose="study", **more)
    return asking.ask(office=office, asker=by or budi(), question=question, at=instant(at), key=key)


def reply(consultation, at, *, text="Yang bulanan.", received=None, key=None, **more) -> Message:
    return replying.visitor_replies(
        consultation=fresh(consultation),
        by=consultation.asker,
        text=text,
        at=instant(at),
        received=received and instant(received),
        key=key,
        **more,
    )


def answer(consultation, at, *, by=None, verb=answering.answer, text="2,41 persen.", **more) -> Message:
    now = fresh(consultation)
    more.setdefault("seen", now.version)
    return verb(consultation=now, by=by or sari(now.office), text=text, at=instant(at), **more)


def note(consultation, at, *, by=None, text="Tanya seksi statistik sosial.") -> Message:
    now = fresh(consultation)
    return answering.note(consultation=now, by=by or sari(now.office), text=text, at=instant(at))


def fresh(consultation) -> Consultation:
    return Consultation.objects.select_related("office", "asker").get(pk=consultation.pk)


def turn(consultation, number=None) -> Turn:
    turns = Turn.objects.filter(consultation=consultation)
    return turns.get(number=number) if number else turns.latest("number")


def instant(at: str | datetime) -> datetime:
    return wib(at) if isinstance(at, str) else at

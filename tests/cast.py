"""The people of our tests: Sari (officer), Rina (supervisor), Budi (visitor), and a small office."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from loket.feedback.actions import complaint_files, complaints, surveys
from loket.feedback.elements import KEYS
from loket.feedback.models import Complaint
from loket.offices import calendars
from loket.offices.models import CalendarVersion, Counter, Office, Service
from loket.people.actions import GuestEntry
from loket.people.models import Membership, Role, User
from loket.visits.actions.numbering import Request, take_number
from loket.visits.actions.sessions import open_counter

WIB = ZoneInfo("Asia/Jakarta")
# A Wednesday in opening hours.
MORNING = datetime(2026, 1, 14, 9, 0, tzinfo=WIB)
CALENDAR = {
    "zone": "Asia/Jakarta",
    "week": {
        "mon": ["08:00-15:30"],
        "tue": ["08:00-15:30"],
        "wed": ["08:00-15:30"],
        "thu": ["08:00-15:30"],
        "fri": ["08:00-16:00"],
    },
    "years": {"2026": {"status": "decreed"}},
}
# What Budi writes into the guest book.
ANSWERS = {
    "name": "Budi Santoso",
    "email": "budi@surel.example",
    "text": "Inflasi 2025",
    "purpose": "study",
    "kind": "data",
    "institution_kind": "university",
    "key": "one-press",
}
BUDI = GuestEntry(name="Budi Santoso", email="budi@surel.example", institution_kind="university")


def an_office(code="3574", counters=2, **fields) -> Office:
    office = Office.objects.create(code=code, name="BPS Kota Probolinggo", **fields)
    service = Service.objects.create(
        office=office, code="konsultasi", letter="A", name_id="Konsultasi statistik",
        name_en="Statistical consultation",
    )  # fmt: skip
    for number in range(1, counters + 1):
        Counter.objects.create(office=office, number=number).services.add(service)
    content = CALENDAR | {"zone": office.zone}
    CalendarVersion.objects.create(
        office=office,
        version=1,
        content=content,
        digest=calendars.digest(content),
        published_at=datetime(2025, 12, 1, tzinfo=WIB),
        published_by="loket",
        reason="first calendar",
    )
    return office


def an_officer(office, name="Sari", role=Role.OFFICER, email=None) -> User:
    user = User.objects.create_user(email or f"{name.lower()}@kantor.example", name=name)
    Membership.objects.create(user=user, office=office, role=role, since=MORNING)
    return user


def take(office, *, at=MORNING, guest=BUDI, priority="", key=None, service=None):
    """A number, as the kiosk takes it."""
    take.count += 1
    return take_number(
        office=office,
        service=service or office.services.get(letter="A"),
        request=Request(purpose="study", text="Inflasi 2025", kind="data", priority_reason=priority),
        guest=guest,
        door="kiosk",
        key=key or f"press-{take.count}",
        by="device:1",
        at=at,
    )


take.count = 0


def fill_one_of_two_lines(office):
    """The day's one number of the first service is given; the second, "pustaka", has one left."""
    office.settings = {"daily_limit": 1}
    office.save()
    take(office)
    Service.objects.create(
        office=office, code="pustaka", letter="B", name_id="Perpustakaan", name_en="Library"
    )


def sari_at_counter(office, *, at=MORNING, number=1, name="Sari"):
    officer = User.objects.filter(name=name).first() or an_officer(office, name)
    return open_counter(counter=office.counters.get(number=number), by=officer, at=at)


def a_survey(office, **choices):
    """A satisfaction survey of January 2026 with one answer in it."""
    period = surveys.open_period(
        office=office, title="Semester I", first=date(2026, 1, 1), last=date(2026, 6, 30), by="staff:1",
        at=MORNING, **choices,
    )  # fmt: skip
    answer_survey(period)
    return period


def answer_survey(period, *, at=MORNING, key=None, channel="link", invitation=None, suggestion="", **given):
    """All nine elements with 4, but for those that are given; None leaves one out."""
    answer_survey.count += 1
    by_key = {name: given.get(name, 4) for name in KEYS}
    group = {name: given[name] for name in ("sex", "age_band", "education", "occupation") if name in given}
    return surveys.answer(
        period=period,
        answers=surveys.Answers(by_key, surveys.Respondent(**group), suggestion),
        channel=channel,
        key=key or f"answer-{answer_survey.count}",
        at=at,
        invitation=invitation,
    )


answer_survey.count = 0


def a_complaint(office, *, at=MORNING, **more):
    """A complaint from the web with one letter attached."""
    a_complaint.count += 1
    letter = complaint_files.keep(blocks=[b"%PDF-1.4\n%%EOF\n"], name="surat.pdf")
    return complaints.file_complaint(
        office=office,
        words=more.pop("words", complaints.Words("Antre terlalu lama", "Saya menunggu dua jam.")),
        door=Complaint.Door.WEB,
        files=[letter],
        key=more.pop("key", f"complaint-{a_complaint.count}"),
        at=at,
        **more,
    ).complaint


a_complaint.count = 0

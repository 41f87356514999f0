"""The demo's satisfaction survey: two periods of three months, answered on every other working day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from loket.demo.talking import DAY
from loket.feedback.actions import surveys
from loket.feedback.elements import KEYS
from loket.feedback.models import Period, Response
from loket.feedback.results import results_of
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.choices import AgeBand, Education, Occupation, Sex
from loket.rules import periods
from loket.rules.worktime import days_between

# How often each answer is given, from 1 to 4; of facilities people think a little less.
USUAL, LESS = (1, 3, 34, 30), (3, 12, 36, 14)
WEAKER = ("facilities", "time")
LEFT_OUT = 0.03
CHANNELS = (Response.Channel.TABLET, Response.Channel.TABLET, Response.Channel.LINK)
SUGGESTIONS = (
    "Kursi tunggu ditambah.",
    "Tambahkan contoh tabel di layar pencarian.",
    "Petugasnya ramah dan penjelasannya jelas.",
    "Parkir sepeda motor kurang teduh.",
)
PLANS = (
    "Menambah delapan kursi dan kipas angin di ruang tunggu.",
    "Menambah satu petugas pada jam 09.00 sampai 11.00.",
    "Memasang papan alur layanan di pintu masuk.",
)


def survey(*, office: Office, at: datetime) -> int:
    """Open what is missing and answer up to yesterday; how many answers there are more now."""
    today = local_day(office, at)
    kept = list(Period.objects.filter(office=office).order_by("first"))
    if not kept:
        kept = [_open(office, first, last, at) for first, last in _two(today)]
        added = sum(_answer(period, today, at) for period in kept)
        _look_back(kept[0], at)
        return added
    if kept[-1].last < today:
        kept.append(_open(office, kept[-1].last + DAY, _two(today)[1][1], at))
    return _answer(kept[-1], today, at)


def _two(today: date) -> list[tuple[date, date]]:
    """The three months that end with this one, so that some of it has passed, and the three before."""
    months = [periods.month(today.year, today.month)]
    while len(months) < 6:
        months.insert(0, months[0].before())
    return [(months[0].first, months[2].last), (months[3].first, months[5].last)]


def _open(office: Office, first: date, last: date, at: datetime) -> Period:
    opened = min(at, datetime.combine(first, time(8), office.tz))
    title = f"SKM {first:%m/%Y} – {last:%m/%Y}"
    return surveys.open_period(office=office, title=title, first=first, last=last, by="loket", at=opened)


def _answer(period: Period, today: date, at: datetime) -> int:
    """On every other working day since the latest answer."""
    office = period.office
    latest = period.responses.order_by("-answered_on").values_list("answered_on", flat=True).first()
    first = latest + DAY if latest else period.first
    days = list(_days(office, first, min(period.last, today - DAY)))
    for day in days:
        chance = Random(f"survey {office.code} {day}")  # noqa: S311
        surveys.answer(
            period=period,
            answers=_answers(chance),
            channel=chance.choice(CHANNELS),
            key=f"demo-survey-{day}",
            at=datetime.combine(day, time(10), office.tz) + timedelta(minutes=chance.randrange(240)),
        )
    return len(days)


def _days(office: Office, first: date, last: date) -> Iterator[date]:
    calendar = calendar_of(office)
    days = days_between(first, last) if first <= last else ()
    return (day for day in days if day.toordinal() % 2 and calendar.is_working_day(day))


def _answers(chance: Random) -> surveys.Answers:
    given = {
        key: chance.choices((1, 2, 3, 4), LESS if key in WEAKER else USUAL)[0]
        for key in KEYS
        if chance.random() > LEFT_OUT
    }
    respondent = surveys.Respondent(
        *(chance.choice(choices.values) for choices in (Sex, AgeBand, Education, Occupation))
    )
    said = chance.choice(SUGGESTIONS) if chance.random() < 0.15 else ""
    return surveys.Answers(by_key=given or {KEYS[0]: 3}, respondent=respondent, suggestion=said)


def _look_back(period: Period, at: datetime) -> None:
    """The period that is over has its plan and its report."""
    for key, text in zip(results_of(period).weakest, PLANS, strict=False):
        due = period.last + timedelta(days=120)
        surveys.plan(
            period=period, key=key, text=text, due=due, responsible="Kepala kantor", by="loket", at=at
        )
    surveys.make_report(period=period, by="loket", at=at)

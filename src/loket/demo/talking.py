"""The demo's consultations online, played through the ordinary actions at the times they say."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings

from loket.consultations.actions import answering, asking, assigning, closing, replying
from loket.consultations.models import Consultation
from loket.consultations.queries import consultation_with
from loket.demo.conversations import INSTITUTION, TALKS, VISITORS, Step, Talk
from loket.offices.clock import local, local_day
from loket.offices.models import Office
from loket.offices.queries import calendar_of
from loket.people.models import User

WRITES = {"answer": answering.answer, "clarify": answering.clarify, "hold": answering.hold_on}
DAY = timedelta(days=1)
Moment = Callable[[int, float], datetime]
# How far back a conversation begins, in working days.
LONGEST = max(talk.asked[0] for talk in TALKS)


def visitors(*, at: datetime) -> list[User]:
    """The accounts of those who ask, made where they are missing; their addresses count as confirmed."""
    return [_account(name, login, at) for name, login in VISITORS]


def talk(*, office: Office, officers: list[User], at: datetime) -> int:
    """Let everybody ask, once a day of looking; how many conversations there are more now."""
    today = datetime.combine(local_day(office, at), time(), office.tz)
    if Consultation.objects.filter(office=office, door="online", last_at__gte=today).exists():
        return 0
    moment = moments(office, LONGEST, at)
    askers = visitors(at=at)
    for number, each in enumerate(TALKS):
        _play(each, office, askers[each.asker], officers[number % len(officers)], moment)
    return len(TALKS)


def _account(name: str, login: str, at: datetime) -> User:
    email = f"{login}@{settings.DEMO_DOMAIN}"
    user = User.objects.filter(email=email).first()  # unique
    if user is None:
        user = User.objects.create_user(email, name=name, joined_at=at)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def moments(office: Office, longest: int, at: datetime) -> Moment:
    """Working days back, up to `longest`, and the hour; on day 0 minutes ago: which time that is."""
    days = _working_days(office, longest, at)

    def moment(back: int, clock: float) -> datetime:
        if back == 0:
            return local(office, at) - timedelta(minutes=clock)
        return datetime.combine(days[back], time(), office.tz) + timedelta(hours=clock)

    return moment


def _working_days(office: Office, longest: int, at: datetime) -> list[date]:
    """Today, and the working days before it."""
    calendar = calendar_of(office)
    days, day = [local_day(office, at)], local_day(office, at)
    while len(days) <= longest:
        day -= DAY
        if calendar.is_working_day(day):
            days.append(day)
    return days


def _play(talk: Talk, office: Office, asker: User, officer: User, moment: Moment) -> None:
    question = asking.Question(
        subject=talk.subject, text=talk.text, kind=talk.kind, purpose=talk.purpose, search_words=talk.words,
        without_search=not talk.words,
    )  # fmt: skip
    asked = asking.ask(office=office, asker=asker, question=question, at=moment(*talk.asked))
    for step in talk.steps:
        _step(consultation_with(asked.pk), step, asker, officer, moment(step.back, step.clock))


def _step(thread: Consultation, step: Step, asker: User, officer: User, at: datetime) -> None:
    seen = thread.version
    if step.verb == "take":
        assigning.assign(consultation=thread, to=officer, seen=None, by=officer, at=at)
    elif step.verb == "reply":
        replying.visitor_replies(consultation=thread, by=asker, text=step.text, at=at)
    elif step.verb == "note":
        answering.note(consultation=thread, by=officer, text=step.text, at=at)
    elif step.verb == "refer":
        institution, address = INSTITUTION
        answering.refer(
            consultation=thread,
            by=officer,
            text=step.text,
            institution=institution,
            address=address,
            seen=seen,
            at=at,
        )
    elif step.verb == "solved":
        closing.close_solved(consultation=thread, at=at)
    elif step.verb == "withdraw":
        closing.withdraw(consultation=thread, at=at)
    else:
        WRITES[step.verb](consultation=thread, by=officer, text=step.text, seen=seen, at=at)

"""The satisfaction survey: opening a period, taking answers, marking, planning, reporting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from loket.base import events, ids, replay
from loket.base.text import many_lines, one_line
from loket.consultations.models import Consultation
from loket.feedback import messages
from loket.feedback.elements import KEYS
from loket.feedback.models import FollowUp, Invitation, Period, Report, Response
from loket.feedback.results import report_of
from loket.offices.clock import local_day
from loket.offices.models import Office, Service
from loket.rules.satisfaction import Weight
from loket.visits.models import Ticket

LONGEST_SUGGESTION = 2000
LONGEST_PERIOD = timedelta(days=2 * 366)


class DaysOutOfOrder(Exception):
    """The last day of a period lies before its first."""


class TooLong(Exception):
    """A survey asks for two years at most; its figures would speak of another office."""


class NotOpen(Exception):
    """Answers are taken from the first day of the period to its last; args: the period."""


class NothingAnswered(Exception):
    """A response has at least one answer."""


class TokenUsed(Exception):
    """The invitation has its answer already."""


class NotYet(Exception):
    """A paper form cannot have been filled in after today, or outside the period's days."""


@dataclass(frozen=True)
class Respondent:
    """Whom a response comes from, in groups; nothing that names a person."""

    sex: str = ""
    age_band: str = ""
    education: str = ""
    occupation: str = ""


@dataclass(frozen=True)
class Answers:
    """What somebody filled in: 1 to 4 by the element's key; left out where not answered."""

    by_key: Mapping[str, int]
    respondent: Respondent = field(default_factory=Respondent)
    suggestion: str = ""


@transaction.atomic
def open_period(
    *, office: Office, title: str, first: date, last: date, by: str, at: datetime, key: str = "", **choices
) -> Period:
    """A new survey. `choices`: service, weight, population, invites, questions.

    The same key again is the same press. Refuses DaysOutOfOrder, TooLong, WeightWrong of the rule, and
    KeyReused.
    """
    events.hold(office.code)
    scope, content = f"survey-open:{office.code}", [title, first, last]
    earlier = key and replay.answered(scope=scope, key=key, content=content)
    if earlier:
        return Period.objects.get(pk=earlier)
    _check(first, last, choices)
    period = Period.objects.create(
        office=office, title=one_line(title), first=first, last=last, opened_at=at, opened_by=by, **choices
    )
    _tell(period, "survey.open", by, at, first=first.isoformat(), last=last.isoformat(), weight=period.weight)
    if key:
        replay.remember(scope=scope, key=key, content=content, answer=str(period.pk), at=at)
    return period


@transaction.atomic
def change_period(*, period: Period, by: str, at: datetime, **changes) -> Period:
    """Other days, weight or wording; answers and reports that exist stay as they are.

    Refuses as open_period does.
    """
    events.hold(period.office.code)
    _check(changes.get("first", period.first), changes.get("last", period.last), changes)
    Period.objects.filter(pk=period.pk).update(**changes)
    period.refresh_from_db()
    _tell(period, "survey.change", by, at, changed=sorted(changes), weight=period.weight)
    return period


def _check(first: date, last: date, choices: Mapping) -> None:
    if last < first:
        raise DaysOutOfOrder(first, last)
    if last - first > LONGEST_PERIOD:
        raise TooLong(first, last)
    Weight(choices.get("weight", Weight().rule))


@transaction.atomic
def answer(
    *,
    period: Period,
    answers: Answers,
    channel: Response.Channel,
    key: str,
    at: datetime,
    invitation: Invitation | None = None,
) -> Response:
    """Keep a respondent's answers; pressing twice is answering once.

    Refuses NotOpen outside the period's days, NothingAnswered, TokenUsed, and KeyReused.
    """
    office = period.office
    events.hold(office.code)
    content = [dict(answers.by_key), answers.suggestion]
    earlier = replay.answered(scope=f"survey:{period.pk}", key=key, content=content)
    if earlier:
        return Response.objects.get(pk=earlier)
    today = local_day(office, at)
    if not period.first <= today <= period.last:
        raise NotOpen(period)
    response = _store(period, answers, channel, today, "visitor", at)
    if invitation and not Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True):
        raise TokenUsed(invitation)
    replay.remember(scope=f"survey:{period.pk}", key=key, content=content, answer=str(response.pk), at=at)
    return response


@transaction.atomic
def enter_paper(
    *, period: Period, answers: Answers, answered_on: date, key: str, by: str, at: datetime
) -> Response:
    """A form filled in by hand, on its own day. Refuses NothingAnswered and NotYet."""
    office = period.office
    events.hold(office.code)
    content = [dict(answers.by_key), answers.suggestion, answered_on.isoformat()]
    earlier = replay.answered(scope=f"survey:{period.pk}", key=key, content=content)
    if earlier:
        return Response.objects.get(pk=earlier)
    if not period.first <= answered_on <= min(period.last, local_day(office, at)):
        raise NotYet(answered_on)
    response = _store(period, answers, Response.Channel.PAPER, answered_on, by, at)
    replay.remember(scope=f"survey:{period.pk}", key=key, content=content, answer=str(response.pk), at=at)
    return response


def _store(period, answers: Answers, channel, answered_on: date, by: str, at: datetime):
    given = {key: answers.by_key[key] for key in KEYS if answers.by_key.get(key)}
    if not given:
        raise NothingAnswered(period)
    Period.objects.filter(pk=period.pk).update(responses_given=F("responses_given") + 1)
    number = Period.objects.values_list("responses_given", flat=True).get(pk=period.pk)
    response = Response.objects.create(
        period=period,
        number=number,
        channel=channel,
        answered_on=answered_on,
        at=at,
        by=by,
        suggestion=many_lines(answers.suggestion)[:LONGEST_SUGGESTION],
        **given,
        **vars(answers.respondent),
    )
    _tell(period, "survey.answer", by, at, number=number, channel=str(channel), answered=len(given))
    return response


@transaction.atomic
def mark(*, response: Response, reason: str, by: str, at: datetime) -> None:
    """Say why a response looks wrong. It stays and counts; reports tell how many are marked."""
    period = response.period
    events.hold(period.office.code)
    marked = Response.objects.filter(pk=response.pk, marked_at=None).update(
        marked_at=at, marked_by=by, mark_reason=one_line(reason)[:200]
    )
    if marked:
        _tell(period, "survey.mark", by, at, number=response.number)


@transaction.atomic
def plan(
    *, period: Period, key: str, text: str, due: date | None, responsible: str, by: str, at: datetime
) -> FollowUp:
    """What will be done about an element, by when and by whom; again replaces what was planned."""
    events.hold(period.office.code)
    kept = {
        "plan": many_lines(text)[:500],
        "due": due,
        "responsible": one_line(responsible)[:120],
        "changed_at": at,
        "changed_by": by,
    }
    follow_up, _ = FollowUp.objects.update_or_create(period=period, key=key, defaults=kept)
    _tell(period, "survey.plan", by, at, element=key)
    return follow_up


@transaction.atomic
def make_report(*, period: Period, by: str, at: datetime, key: str = "") -> Report:
    """Keep the figures as they are now, with the weight rule; its files never change.

    The same key again is the same press.
    """
    events.hold(period.office.code)
    scope = f"survey-report:{period.pk}"
    earlier = key and replay.answered(scope=scope, key=key, content="report")
    if earlier:
        return Report.objects.get(pk=earlier)
    newest = period.reports.aggregate(Max("number"))["number__max"] or 0
    report = Report.objects.create(
        period=period,
        number=newest + 1,
        figures=report_of(period),
        made_at=at,
        made_by=by,
    )
    _tell(period, "survey.report", by, at, number=report.number, weight=period.weight)
    if key:
        replay.remember(scope=scope, key=key, content="report", answer=str(report.pk), at=at)
    return report


@transaction.atomic
def invite(*, ticket: Ticket, at: datetime) -> Invitation | None:
    """Ask a served visitor by mail, once; None when no period of the service asks on that day."""
    office = ticket.office
    events.hold(office.code)
    earlier = Invitation.objects.filter(ticket=ticket).first()  # one by constraint
    if earlier:
        return earlier
    period = inviting_period(office, ticket.service, local_day(office, at))
    visitor = ticket.visit.visitor
    if period is None or visitor is None or not visitor.email:
        return None
    invitation = Invitation.objects.create(period=period, ticket=ticket, token=ids.token(), sent_at=at)
    messages.survey_invitation(invitation, visitor, at=at)
    _tell(period, "survey.invite", "loket", at, ticket=ticket.pk)
    return invitation


@transaction.atomic
def invite_asker(*, consultation: Consultation, at: datetime) -> Invitation | None:
    """Ask who had a consultation closed, by mail, once in a survey; None when no survey asks on that day."""
    office, asker = consultation.office, consultation.asker
    events.hold(office.code)
    period = inviting_period(office, None, local_day(office, at))
    if period is None or asker is None:
        return None
    asked = Q(consultation=consultation) | Q(consultation__asker=asker, period=period)
    earlier = Invitation.objects.filter(asked).first()
    if earlier:
        return earlier
    invitation = Invitation.objects.create(
        period=period, consultation=consultation, token=ids.token(), sent_at=at
    )
    messages.survey_invitation(invitation, asker, at=at)
    _tell(period, "survey.invite", "loket", at, consultation=consultation.pk)
    return invitation


def inviting_period(office: Office, service: Service | None, day: date) -> Period | None:
    """The survey that invites on this day: the service's own before the office's."""
    found = Period.objects.filter(office=office, invites=True, first__lte=day, last__gte=day)
    own = found.filter(service=service).order_by("-first", "-pk").first()
    return own or found.filter(service=None).order_by("-first", "-pk").first()


def _tell(period: Period, kind: str, by: str, at: datetime, **data: object) -> None:
    events.record(office=period.office.code, kind=kind, subject=f"survey:{period.pk}", by=by, at=at, **data)

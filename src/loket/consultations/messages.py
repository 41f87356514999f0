"""What the office writes to the people of a consultation, in their language, into the outbox.

Our words are fixed; what somebody else wrote stands between them as a quotation and is never a
subject line, so that nobody can make the office send words of their choice to a stranger.
"""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.consultations.letters import Letter, greeting, html_of, text_of
from loket.consultations.models import Consultation, Message
from loket.consultations.wording import closed_because, lead_of, subject_of
from loket.offices.explaining import dated, explain_deadline, until
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.outbox import actions as outbox
from loket.outbox.models import Mail
from loket.people.links import link_to
from loket.rules.consulting import Deadline, Kind, Silence


def thread_path(consultation: Consultation) -> str:
    return f"/{consultation.office.code}/konsultasi/{consultation.token}/"


def received(
    consultation: Consultation, deadline: Deadline, *, at: datetime, among: list[Mail] | None = None
) -> None:
    """The number, and by when an answer comes, with the days that were counted."""
    _to_asker(
        consultation,
        "received",
        at=at,
        among=among,
        subject=lambda: _("We have received your question (%(number)s)") % names_of(consultation),
        lines=lambda: [
            _(
                "Your consultation has the number %(number)s. "
                "You will have an answer at the latest on %(due)s."
            )
            % names_of(consultation, due=until(consultation.office, deadline.due)),
            *explain_deadline(consultation.office, deadline),
            _("The service is free of charge."),
        ],
    )


def written(consultation: Consultation, message: Message, *, at: datetime) -> None:
    """The officer's message, and what happens if nobody responds."""
    kind = Kind(message.kind)
    _to_asker(
        consultation,
        f"message:{message.pk}",
        kind=f"consultation.{kind.value}",
        at=at,
        subject=lambda: subject_of(kind) % names_of(consultation),
        lines=lambda: [lead_of(kind), *_referred(message)],
        quote=message.text,
        after=lambda: _ball_with_visitor(consultation),
    )


def deadline_moved(
    consultation: Consultation, deadline: Deadline, *, why: str, version: int, at: datetime
) -> None:
    _to_asker(
        consultation,
        f"moved:{consultation.turn}:{version}",
        kind="consultation.moved",
        at=at,
        subject=lambda: _("The deadline of your consultation %(number)s has moved") % names_of(consultation),
        lines=lambda: [
            _("The office's calendar has changed: %(why)s. The answer is now due on %(due)s.")
            % {"why": why, "due": until(consultation.office, deadline.due)},
            *explain_deadline(consultation.office, deadline),
        ],
    )


def closing_moved(
    consultation: Consultation, clock: Silence, *, why: str, version: int, at: datetime
) -> None:
    _to_asker(
        consultation,
        f"moved:{consultation.turn}:{version}",
        kind="consultation.moved",
        at=at,
        subject=lambda: _("You have more time for consultation %(number)s") % names_of(consultation),
        lines=lambda: [
            _(
                "The office's calendar has changed: %(why)s. "
                "Your consultation now stays open until the end of %(day)s."
            )
            % {"why": why, "day": dated(clock.counted[-1])},
        ],
    )


def warning(consultation: Consultation, last_day: date, *, at: datetime) -> None:
    _to_asker(
        consultation,
        # One for each silence: a new message of the office begins a new one.
        f"warning:{consultation.turn}:{consultation.close_at:%Y%m%d}",
        kind="consultation.warning",
        at=at,
        subject=lambda: _("Consultation %(number)s will close soon") % names_of(consultation),
        lines=lambda: [
            _(
                "We have answered you and have not heard from you since. "
                "Without a message from you the consultation closes at the end of %(day)s."
            )
            % {"day": dated(last_day)},
            _("If your question is answered, you need not do anything."),
        ],
    )


def closed(consultation: Consultation, *, at: datetime) -> None:
    reason = Consultation.Reason(consultation.close_reason)
    if reason in (Consultation.Reason.SPAM, Consultation.Reason.MERGED):
        return
    _to_asker(
        consultation,
        f"closed:{consultation.closings}",
        kind="consultation.closed",
        at=at,
        subject=lambda: _("Consultation %(number)s is closed") % names_of(consultation),
        lines=lambda: [
            closed_because(reason),
            _("If something is still open, write within %(days)s days and it opens again.")
            % {"days": _reopen_days(consultation.office)},
        ],
    )


def reopened(consultation: Consultation, deadline: Deadline, *, at: datetime) -> None:
    _to_asker(
        consultation,
        f"reopened:{consultation.turn}",
        kind="consultation.reopened",
        at=at,
        subject=lambda: _("Consultation %(number)s is open again") % names_of(consultation),
        lines=lambda: [
            _("Your message has arrived. You will have an answer at the latest on %(due)s.")
            % {"due": until(consultation.office, deadline.due)},
            *explain_deadline(consultation.office, deadline),
        ],
    )


def moved_office(consultation: Consultation, before: Office, label: str, *, at: datetime) -> None:
    facts = {"before": before.name, "after": consultation.office.name, "old": label}
    _to_asker(
        consultation,
        f"office:{before.code}:{consultation.version}",
        kind="consultation.office",
        at=at,
        subject=lambda: _("%(after)s now answers consultation %(old)s") % facts,
        lines=lambda: [
            _(
                "%(before)s has passed your question on to %(after)s, which can answer it better. "
                "The deadline stays as it was. The number is now %(number)s."
            )
            % names_of(consultation, **facts),
        ],
    )


def _to_asker(
    consultation: Consultation, key: str, *, at: datetime, subject, lines, kind: str = "", quote: str = "",
    after=list, not_before: datetime | None = None, among: list[Mail] | None = None,
) -> None:  # fmt: skip
    asker = consultation.asker
    if asker is None or not asker.is_active:
        return
    with override(asker.language):
        put(
            consultation,
            to=asker.email,
            key=key,
            kind=kind or f"consultation.{key}",
            at=at,
            not_before=not_before,
            among=among,
            letter=Letter(
                subject=subject(),
                greeting=greeting(asker.name),
                lines=lines(),
                link=link_to(thread_path(consultation), reader=asker, at=at),
                link_text=_("Open the consultation"),
                quote=quote,
                after=after(),
            ),
        )


def put(
    consultation: Consultation, *, to: str, key: str, kind: str, at: datetime,
    not_before: datetime | None, letter: Letter, among: list[Mail] | None = None,
) -> None:  # fmt: skip
    outbox.put(
        key=key_of(consultation, key),
        office=consultation.office.code,
        kind=kind,
        to=to,
        subject=letter.subject,
        text=text_of(letter, consultation.office),
        html=html_of(letter, consultation.office),
        at=at,
        not_before=not_before,
        among=among,
    )


def key_of(consultation: Consultation, key: str) -> str:
    """Under which key a mail of this consultation lies in the outbox."""
    return f"consultation:{consultation.pk}:{key}"


def names_of(consultation: Consultation, **more: str) -> dict[str, str]:
    return {"number": consultation.label, **more}


def _referred(message: Message) -> list[str]:
    return [part for part in (message.institution, message.address) if part]


def _ball_with_visitor(consultation: Consultation) -> list[str]:
    if consultation.state != Consultation.State.VISITOR or consultation.close_at is None:
        return []
    last_day = consultation.close_at.astimezone(consultation.office.tz)
    return [
        _("You can reply in the consultation. Without a message from you it closes by itself on %(day)s.")
        % {"day": dated(last_day.date())}
    ]


def _reopen_days(office: Office) -> int:
    return limits_from(office.settings).reopen_days

"""The conversation: messages, and the turns whose clocks they start and end (CLOCKS.md 1 to 7)."""

from datetime import date

from django.db import models
from django.db.models import Q

from loket.consultations.models.records import Consultation
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.people.models import User
from loket.rules import consulting
from loket.rules.calendarparts import Reason, Year, YearStatus
from loket.rules.worktime import Skipped


class Turn(models.Model):
    """The ball lay with the office from `started_at`; afterwards the silence that followed.

    Deadlines are stored as they were counted, with the calendar version they were counted by (D12).
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    # Whose calendar it is counted by; moving the consultation on changes no running deadline (CLOCKS.md 8).
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # What was said when the turn began; a later calendar may have moved `due_at` on.
    first_due_at = models.DateTimeField()
    # A due that had passed without an answer before a later calendar moved it: the breach stays on record.
    breached_due_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=list)
    skipped = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    calendar_version = models.PositiveIntegerField()
    # Steps of escalation already taken: 1 the assignee, 2 the supervisor, 3 the breach.
    escalated = models.PositiveSmallIntegerField(default=0)
    # Answered, or closed without an answer: then `answered_at` stays empty.
    ended_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    met = models.BooleanField(null=True, blank=True)
    late_days = models.PositiveIntegerField(null=True, blank=True)
    late_seconds = models.PositiveIntegerField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_by = models.CharField(max_length=40, blank=True, default="")
    excused_reason = models.CharField(max_length=300, blank=True, default="")
    # The silence after the latest public message of the office.
    silent_since = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    close_at = models.DateTimeField(null=True, blank=True)
    silence_counted = models.JSONField(default=list)
    silence_skipped = models.JSONField(default=list)
    silence_warnings = models.JSONField(default=list)
    silence_version = models.PositiveIntegerField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="turn_number_once"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(ended_at=None), name="one_open_turn_a_consultation"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, met=None) | Q(answered_at__isnull=False, met__isnull=False),
                name="turn_answered_is_met_or_not",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(ended_at__isnull=False), name="turn_answered_has_ended"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("first_due_at")), name="turn_due_moves_later_only"
            ),
        ]

    def __str__(self):
        return f"{self.consultation_id}/{self.number}"

    @property
    def deadline(self) -> consulting.Deadline:
        """As rules counted it, for the sentences that explain it."""
        return consulting.Deadline(
            due=self.due_at,
            received=local_day(self.office, self.started_at),
            counted=_days(self.counted),
            skipped=_skipped(self.skipped),
            warnings=_years(self.warnings),
        )

    @property
    def silence(self) -> consulting.Silence | None:
        """None while no silence runs or ran."""
        if self.silent_since is None or self.warn_at is None or self.close_at is None:
            return None
        return consulting.Silence(
            warn_at=self.warn_at,
            close_at=self.close_at,
            answered=local_day(self.office, self.silent_since),
            counted=_days(self.silence_counted),
            skipped=_skipped(self.silence_skipped),
            warnings=_years(self.silence_warnings),
        )


class Message(models.Model):
    """One entry of the thread. Only some kinds move a clock (rules.consulting)."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="messages")
    # The number of the turn in which it was said.
    turn = models.PositiveSmallIntegerField(default=0)
    # Of the press that sent it: pressed twice is said once.
    key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    # Where it was said, when merging or splitting has brought it here.
    origin = models.ForeignKey(
        Consultation, models.SET_NULL, null=True, blank=True, related_name="messages_gone"
    )
    kind = models.CharField(max_length=14)
    text = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    # A staff id, "visitor" or "loket".
    by = models.CharField(max_length=40)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Notes are for the staff alone.
    public = models.BooleanField(default=True)
    # A referral names who has what this office has not.
    institution = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    # What the program itself says: a code that screens put into words, and its numbers.
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in consulting.Kind]), name="message_kind_known"
            ),
            models.CheckConstraint(condition=~Q(kind="note") | Q(public=False), name="note_is_not_public"),
        ]
        indexes = [models.Index(fields=["consultation", "at", "id"], name="message_in_order")]

    def __str__(self):
        return f"{self.consultation_id} {self.kind}"


def _days(stored: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in stored)


def _skipped(stored: list[list[str]]) -> tuple[Skipped, ...]:
    return tuple(Skipped(date.fromisoformat(day), Reason(reason), name) for day, reason, name in stored)


def _years(stored: list[list]) -> tuple[Year, ...]:
    return tuple(Year(year, YearStatus(status)) for year, status in stored)

"""Arrivals in the hall, their places in line, and what happened to them."""

from django.db import models
from django.db.models import F, Q

from loket.base import ids
from loket.consultations.models import Consultation, Kind
from loket.offices.models import Counter, Office, Service
from loket.people.models import User, Visitor
from loket.rules.queueing import AT_COUNTER, State

STATES = [(state.value, state.value) for state in State]


class Visit(models.Model):
    """One arrival in the hall: the guest book's page."""

    class Door(models.TextChoices):
        KIOSK = "kiosk"
        PHONE = "phone"
        DESK = "desk"

    # The index below begins with it.
    office = models.ForeignKey(Office, models.PROTECT, related_name="visits", db_index=False)
    # Empty while the guest book is still to be filled in (offices where the number comes first).
    visitor = models.ForeignKey(Visitor, models.PROTECT, null=True, blank=True, related_name="visits")
    day = models.DateField()
    at = models.DateTimeField()
    door = models.CharField(max_length=6, choices=Door.choices)
    purpose = models.CharField(max_length=20, blank=True, default="")
    request = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.UNKNOWN)
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, blank=True, related_name="visit"
    )

    class Meta:
        indexes = [models.Index(fields=["office", "day"], name="visit_office_day")]

    def __str__(self):
        return f"{self.office_id} {self.day} {self.pk}"


class NumberSeries(models.Model):
    """The last number given for a letter on one day; the next number is taken by counting it up."""

    office = models.ForeignKey(Office, models.PROTECT, db_index=False)
    day = models.DateField()
    letter = models.CharField(max_length=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day", "letter"], name="series_once_a_day_and_letter")
        ]

    def __str__(self):
        return f"{self.day} {self.letter} {self.last}"


class TicketQuerySet(models.QuerySet):
    def of_day(self, office: Office, day):
        return self.filter(office=office, day=day)

    def waiting(self, office: Office, day):
        return self.of_day(office, day).filter(state=State.WAITING)

    def at(self, counter: Counter):
        return self.filter(counter=counter, state__in=AT_COUNTER)


class Ticket(models.Model):
    """One visitor's place in one office's queue on one day."""

    # The indexes below begin with these three; one more for each would only cost time.
    office = models.ForeignKey(Office, models.PROTECT, related_name="tickets", db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="tickets", db_index=False)
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="ticket")
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default=State.WAITING)
    # Declared by the visitor, not proven: elderly, pregnant, disability, child in arms.
    priority = models.BooleanField(default=False)
    priority_reason = models.CharField(max_length=12, blank=True, default="")

    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True, db_index=False)
    officer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, db_index=False)

    taken_at = models.DateTimeField()
    # When this place in line began: the number taken, or the line rejoined after a no-show.
    queued_at = models.DateTimeField()
    # The place itself: counts up within the office by its event log, whatever the clock does.
    rank = models.BigIntegerField()
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    # The hand-over clock (CLOCKS 13, 14): running since, and what ran before an announced break.
    clock_from = models.DateTimeField(null=True, blank=True)
    clock_ran = models.DurationField(null=True, blank=True)
    handover = models.DurationField(null=True, blank=True)
    handover_met = models.BooleanField(null=True, blank=True)

    # What was forecast soon after the number was taken, in minutes and before calibration; compared
    # with what happened, it calibrates the next ranges.
    forecast_low = models.FloatField(null=True, blank=True)
    forecast_median = models.FloatField(null=True, blank=True)
    forecast_high = models.FloatField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "letter", "number"], name="ticket_number_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(state__in=["called", "serving"]),
                name="one_visitor_per_counter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="ticket_state_known"
            ),
            models.CheckConstraint(
                # Both named: SQL lets a CHECK pass when it compares with NULL.
                condition=~Q(state__in=["called", "serving"])
                | Q(counter__isnull=False, called_at__isnull=False),
                name="ticket_at_counter_has_one",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(started_at__isnull=False, finished_at__gte=F("started_at")),
                name="ticket_times_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="served") | Q(finished_at__isnull=False), name="ticket_served_has_its_end"
            ),
        ]
        indexes = [
            # Whole, not for some states only: SQLite never uses a partial index for a value that is
            # passed beside the statement, and would walk through all the years instead. All that the head
            # of a line is found by, in the order it is looked for: PostgreSQL keeps a plan that it made
            # when there were few tickets.
            models.Index(fields=["state", "office", "day", "priority", "rank"], name="ticket_in_line"),
            # What a number has not when it is taken; both databases see that "= somebody" is not null.
            models.Index(fields=["officer"], condition=Q(officer__isnull=False), name="ticket_officer"),
            models.Index(
                fields=["counter", "state"], condition=Q(counter__isnull=False), name="ticket_at_counter"
            ),
            models.Index(
                fields=["office", "day", "called_at"],
                condition=Q(called_at__isnull=False),
                name="ticket_calls_of_day",
            ),
            models.Index(
                fields=["service", "finished_at"],
                condition=Q(finished_at__isnull=False),
                name="ticket_service_finished",
            ),
            models.Index(
                fields=["service", "called_at"],
                condition=Q(called_at__isnull=False),
                name="ticket_service_called",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return f"{self.letter}-{self.number:03d}"


# What is read along with a ticket that somebody serves.
WITH_VISIT = ("office", "service", "counter", "visit", "visit__visitor", "visit__consultation")


class NoteDraft(models.Model):
    """What an officer has typed so far about a visit; empty once it became the record."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="draft")
    # The form's fields by name, unchecked: nothing half-written is refused or lost.
    content = models.JSONField(default=dict, blank=True)
    # Counts up with every save; a second window notices that the first went on.
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    by = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.ticket_id} v{self.version}"


class TicketMove(models.Model):
    """One move of a ticket: who, when, at which counter, and what was true before (for undo)."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="moves")
    move = models.CharField(max_length=10)
    from_state = models.CharField(max_length=10, choices=STATES)
    to_state = models.CharField(max_length=10, choices=STATES)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="move_by_latest")]

    def __str__(self):
        return f"{self.ticket_id} {self.move}"


class CounterSession(models.Model):
    """An officer at a counter, from signing in there to leaving it."""

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="sessions")
    officer = models.ForeignKey(User, models.PROTECT, related_name="counter_sessions")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    # Since when the counter could take the next visitor; empty while it serves or is on an announced break.
    free_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(closed_at=None), name="one_session_per_counter"
            ),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(closed_at=None), name="one_session_per_officer"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="session_times_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.counter} {self.officer_id}"


class Break(models.Model):
    """A pause at a counter; an announced one is shown on the board and stops the hand-over clock."""

    session = models.ForeignKey(CounterSession, models.CASCADE, related_name="breaks")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    announced = models.BooleanField(default=True)
    reason = models.CharField(max_length=100, blank=True, default="")
    back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(ended_at=None), name="one_break_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.started_at:%H:%M}"

"""Question and answer, by either door; what was asked and given is recorded per data item (P1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.offices.models import Office
from loket.people.models import User, Visitor


class Kind(models.TextChoices):
    DATA = "data", _("data")
    METADATA = "metadata", _("metadata")
    CLASSIFICATION = "classification", _("classification")
    UNKNOWN = "unknown", _("don't know yet")


class Consultation(models.Model):
    """One question of one visitor and what the office gave, by either door.

    At the hall it is the officer's note of a visit; online it is a thread with turns and messages.
    `due_at`, `warn_at`, `close_at` and `escalate_at` repeat what the running turn says, so that the
    inbox and the jobs find what comes next by one index; they are empty when nothing comes.
    """

    class Door(models.TextChoices):
        HALL = "hall", _("hall")
        ONLINE = "online", _("online")

    class State(models.TextChoices):
        OFFICE = "office", _("the office's turn")
        VISITOR = "visitor", _("the visitor's turn")
        CLOSED = "closed", _("consultation closed")

    class Reason(models.TextChoices):
        """Why it was closed."""

        SOLVED = "solved", _("answered to the visitor's satisfaction")
        NO_RESPONSE = "no_response", _("no response")
        WITHDRAWN = "withdrawn", _("withdrawn by the visitor")
        SPAM = "spam", _("spam")
        MERGED = "merged", _("merged with another consultation")
        FINISHED = "finished", _("finished at the counter")

    office = models.ForeignKey(Office, models.PROTECT, related_name="consultations")
    visitor = models.ForeignKey(Visitor, models.PROTECT, null=True, related_name="consultations")
    # Whose account it is in; empty at the hall, and after an account was deleted.
    asker = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="asked_consultations"
    )
    door = models.CharField(max_length=6, choices=Door.choices)
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    # Of the press that asked: asked twice with one key is asked once.
    key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    # Counted online, for each office and year: K-2026-00012.
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.UNKNOWN)
    subject = models.CharField(max_length=200, blank=True, default="")
    question = models.TextField()
    purpose = models.CharField(max_length=20, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    # Another institution that has what this office has not, with its address.
    referral = models.CharField(max_length=300, blank=True, default="")
    # The search that found nothing and became this question; or asked without one.
    search_words = models.CharField(max_length=200, blank=True, default="")
    asked_without_search = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=7, choices=State.choices, default=State.CLOSED)
    close_reason = models.CharField(
        max_length=11, choices=Reason.choices, blank=True, default=Reason.FINISHED
    )
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="assigned_consultations"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    close_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    # Counts up with each message and each change of state; who writes says which one was read.
    version = models.PositiveIntegerField(default=0)
    # The number of the latest turn.
    turn = models.PositiveSmallIntegerField(default=0)
    # How often it was closed; each closing can be rated once.
    closings = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Asked after the time to re-open was over: the earlier one.
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="later_ones")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="split_off")
    complaint_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="consultation_kind_known"),
            models.CheckConstraint(condition=Q(door__in=["hall", "online"]), name="consultation_door_known"),
            models.CheckConstraint(
                condition=Q(state__in=["office", "visitor", "closed"]), name="consultation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="closed",
                    close_reason__in=["solved", "no_response", "withdrawn", "spam", "merged", "finished"],
                )
                | (~Q(state="closed") & Q(close_reason="", closed_at=None)),
                name="consultation_closed_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="office", due_at__isnull=False) | (~Q(state="office") & Q(due_at=None)),
                name="consultation_due_with_the_office",
            ),
            models.CheckConstraint(
                condition=Q(state="visitor", close_at__isnull=False)
                | (~Q(state="visitor") & Q(close_at=None, warn_at=None)),
                name="consultation_closing_with_the_visitor",
            ),
            models.CheckConstraint(
                condition=Q(state="office") | Q(escalate_at=None),
                name="consultation_escalates_with_the_office",
            ),
            models.CheckConstraint(
                condition=Q(close_reason="merged", merged_into__isnull=False)
                | (~Q(close_reason="merged") & Q(merged_into=None)),
                name="consultation_merged_knows_into_what",
            ),
            models.UniqueConstraint(
                fields=["office", "year", "number"], name="consultation_number_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(door="hall") | Q(year__isnull=False, number__isnull=False),
                name="consultation_online_has_its_number",
            ),
        ]
        indexes = [
            # What comes next, for the jobs: found at once however many are open.
            models.Index(fields=["warn_at"], condition=Q(warn_at__isnull=False), name="consultation_warn"),
            models.Index(fields=["close_at"], condition=Q(close_at__isnull=False), name="consultation_close"),
            models.Index(
                fields=["escalate_at"],
                condition=Q(escalate_at__isnull=False),
                name="consultation_escalate",
            ),
            # The inbox and its pages.
            models.Index(
                fields=["office", "due_at", "id"], condition=Q(state="office"), name="consultation_inbox"
            ),
            models.Index(
                fields=["office", "assignee", "due_at", "id"],
                condition=Q(state="office"),
                name="consultation_inbox_of",
            ),
            models.Index(
                fields=["office", "close_at", "id"],
                condition=Q(state="visitor"),
                name="consultation_waiting",
            ),
            models.Index(
                fields=["office", "-last_at", "-id"],
                condition=Q(state="closed", door="online"),
                name="consultation_closed",
            ),
            models.Index(
                fields=["asker", "-last_at", "-id"],
                condition=Q(asker__isnull=False),
                name="consultation_of_asker",
            ),
        ]

    def __str__(self):
        return f"{self.office.code} {self.label or f'{self.door} {self.pk}'}"

    @property
    def label(self) -> str:
        """K-2026-00012; empty at the hall, where the ticket's number is the one people know."""
        return label_of(self.year, self.number)

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED


def label_of(year: int | None, number: int | None) -> str:
    return f"K-{year}-{number:05d}" if number else ""


class ConsultationSeries(models.Model):
    """The last number of a year; counted up in the transaction that uses it (D5)."""

    office = models.ForeignKey(Office, models.CASCADE)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year"], name="consultation_series_once_a_year")
        ]

    def __str__(self):
        return f"{self.office_id} {self.year}: {self.last}"


class Link(models.Model):
    """Two consultations that belong together, said by an officer."""

    first = models.ForeignKey(Consultation, models.CASCADE, related_name="links_to")
    second = models.ForeignKey(Consultation, models.CASCADE, related_name="links_from")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="link_once"),
            # The earlier row stands first, so that a pair has one spelling.
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="link_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id} - {self.second_id}"


class DataItem(models.Model):
    """What data, where, for which years, and whether it was there."""

    class Found(models.TextChoices):
        FOUND = "found", _("found and suitable")
        UNSUITABLE = "unsuitable", _("found but unsuitable")
        NOT_FOUND = "not_found", _("not found")

    class Level(models.TextChoices):
        NATION = "nation", _("nation")
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency or city")
        DISTRICT = "district", _("district")
        VILLAGE = "village", _("village")
        OTHER = "other", _("another level")

    class Period(models.TextChoices):
        YEARLY = "yearly", _("yearly")
        HALF_YEARLY = "half_yearly", _("half-yearly")
        QUARTERLY = "quarterly", _("quarterly")
        MONTHLY = "monthly", _("monthly")
        WEEKLY = "weekly", _("weekly")
        DAILY = "daily", _("daily")
        OTHER = "other", _("another period")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    area = models.CharField(max_length=120, blank=True, default="")
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True, default="")
    period = models.CharField(max_length=12, choices=Period.choices, blank=True, default="")
    # Empty while it was only asked for and nobody has looked yet.
    found = models.CharField(max_length=10, choices=Found.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="item_position_once"),
            models.CheckConstraint(
                condition=Q(found__in=["found", "unsuitable", "not_found", ""]), name="item_found_known"
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year_to=None) | Q(year_to__gte=models.F("year_from")),
                name="item_years_in_order",
            ),
        ]

    def __str__(self):
        return self.what


class Material(models.Model):
    """A publication, table or link that was given."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, default="")

    def __str__(self):
        return self.title

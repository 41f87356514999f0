"""Requests of people about their data, breaches, and who looked at whom (UU 27/2022, 5 to 13, 46)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.people.models import User


class DataRequest(models.Model):
    """What somebody asks of the office about their own data, with its clock of 3 × 24 hours."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("see and receive the data")
        CORRECT = "correct", _("correct the data")
        RESTRICT = "restrict", _("restrict the use")
        WITHDRAW = "withdraw", _("take back consent")
        ERASE = "erase", _("erase the data")

    class Proof(models.TextChoices):
        CODE = "code", _("code mailed to the address")
        COUNTER = "counter", _("in person at the counter")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")

    office = models.ForeignKey(Office, models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    proof = models.CharField(max_length=7, choices=Proof.choices)
    # Whom it is about; the address goes when the person is erased.
    email = models.EmailField(blank=True, default="")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="data_requests")
    wish = models.TextField(blank=True, default="")
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True, default="")
    # Told to the person: what was done, or why it could not be.
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="data_request_ended_has_its_time",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("received_at")), name="data_request_due_after"),
            models.UniqueConstraint(
                fields=["office", "email", "kind"],
                condition=Q(state="open") & ~Q(email=""),
                name="one_open_data_request_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "due_at"], name="data_request_due")]

    def __str__(self):
        return f"{self.office_id} {self.kind} {self.pk}"


class Erased(models.Model):
    """One erasure that was carried out. It names nobody: rows by number and when they were made."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    # [["people.Visitor", 12, "2026-01-14T02:00:00+00:00"], ...]
    rows = models.JSONField()
    counts = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.office_id} {self.at:%Y-%m-%d}"


class Look(models.Model):
    """Somebody of the staff saw or took a person's data. Not in the event log, which names nobody."""

    class Doing(models.TextChoices):
        VIEW = "view", _("looked at")
        UNMASK = "unmask", _("unmasked")
        EXPORT = "export", _("exported")
        ERASE = "erase", _("erased")

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    doing = models.CharField(max_length=6, choices=Doing.choices)
    # "visitor:12" or "user:7".
    subject = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    # An officer's reading of a consultation is noted once a day.
    consultation = models.ForeignKey(Consultation, models.SET_NULL, null=True, related_name="looks")
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "consultation", "day"], name="one_look_a_day_at_a_consultation"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-at"], name="look_at_subject"),
            models.Index(fields=["office", "-at"], name="look_of_office"),
        ]

    def __str__(self):
        return f"{self.doing} {self.subject}"


class Breach(models.Model):
    """Data that came into wrong hands, were lost or changed; told within 3 × 24 hours (UU 27/2022, 46)."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="breaches")
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # The three contents of the notice.
    data = models.TextField()
    happened = models.TextField()
    measures = models.TextField()
    # How many people, and who: subjects such as "visitor:12".
    people = models.PositiveIntegerField(default=0)
    affected = models.JSONField(default=list, blank=True)
    noted_by = models.CharField(max_length=40)
    told_people_at = models.DateTimeField(null=True, blank=True)
    told_agency_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("found_at")), name="breach_due_after_found")
        ]

    def __str__(self):
        return f"{self.office_id} {self.found_at:%Y-%m-%d}"

"""The register of complaints: one, whichever door they came through."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.complaining import State


class ComplaintQuerySet(models.QuerySet):
    def not_about(self, user: User):
        """Who is complained about does not read it."""
        return self.exclude(pk__in=Complaint.about.through.objects.filter(user=user).values("complaint_id"))


class Complaint(models.Model):
    """What somebody complains about, and until when the office has to answer."""

    class Door(models.TextChoices):
        WEB = "web", _("web form")
        BOX = "box", _("suggestion box")
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("SMS or WhatsApp")
        COUNTER = "counter", _("at the counter")
        CONSULTATION = "consultation", _("from a consultation")

    office = models.ForeignKey(Office, models.PROTECT, related_name="complaints")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    # What the complainant follows it with; the secret is kept nowhere, only its digest.
    code = models.CharField(max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64)

    door = models.CharField(max_length=12, choices=Door.choices)
    state = models.CharField(max_length=12, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    # A class of the office's with its own deadline; empty: the law's.
    category = models.CharField(max_length=30, blank=True, default="")
    subject = models.CharField(max_length=150)
    text = models.TextField()
    happened_on = models.DateField(null=True, blank=True)

    # Empty: anonymous.
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=24, blank=True, default="")
    language = models.CharField(max_length=2, default="id")

    # Whom it is about, in the complainant's words; and which of the staff that is.
    about_words = models.CharField(max_length=150, blank=True, default="")
    about = models.ManyToManyField(User, related_name="+", blank=True)
    # Whistle-blowing: only the office's named readers.
    confidential = models.BooleanField(default=False)

    handler = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    # Paper, e-mail and phone have a day of their own.
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=40)
    respond_due = models.DateTimeField()
    decide_due = models.DateTimeField()
    responded_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    objection_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Since when the office waits for something from the complainant.
    waiting_since = models.DateTimeField(null=True, blank=True)

    forwarded_to = models.CharField(max_length=200, blank=True, default="")
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, blank=True, related_name="complaint"
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "number"], name="complaint_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="complaint_state_known"
            ),
            models.CheckConstraint(
                condition=Q(door__in=["web", "box", "email", "phone", "counter", "consultation"]),
                name="complaint_door_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_ours") | ~Q(forwarded_to=""), name="complaint_forwarded_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state="duplicate") | Q(duplicate_of__isnull=False),
                name="complaint_duplicate_has_its_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "final"]) | Q(decided_at__isnull=False),
                name="complaint_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="complaint_received_before_entered"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "decide_due"], name="complaint_due")]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return f"P-{self.year}-{self.number:04d}"


class ComplaintMessage(models.Model):
    """One entry of a complaint's thread; never changed afterwards."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answer")
        QUESTION = "question", _("question of the office")
        DECISION = "decision", _("decision")
        FORWARD = "forward", _("forwarded")
        NOTE = "note", _("internal note")
        REPLY = "reply", _("from the complainant")
        OBJECTION = "objection", _("objection")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["answer", "question", "decision", "forward", "note", "reply", "objection"]
                ),
                name="complaint_message_kind_known",
            )
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.kind}"

    @property
    def public(self) -> bool:
        return self.kind != self.Kind.NOTE


class ComplaintFile(models.Model):
    """A photo, letter or scan of a complaint's thread; its bytes lie outside every web root."""

    class State(models.TextChoices):
        PENDING = "pending"
        CLEAN = "clean"
        REFUSED = "refused"

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="files")
    # Empty: it came with the complaint itself. Who sent it is who wrote the entry.
    message = models.ForeignKey(ComplaintMessage, models.CASCADE, null=True, blank=True, related_name="files")
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "clean", "refused"]), name="complaint_file_state_known"
            )
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.type}"


class ConfidentialReader(models.Model):
    """Who reads the confidential complaints of an office; without one its administrators do."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="confidential_readers")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    named_by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "user"], name="confidential_reader_once")]

    def __str__(self):
        return f"{self.office_id} {self.user_id}"

"""Files that people attach; their bytes lie outside every web root (consultations/storing.py)."""

from django.db import models
from django.db.models import Q

from loket.base import ids
from loket.consultations.models.officers import Proposal
from loket.consultations.models.records import Consultation
from loket.consultations.models.threads import Message
from loket.offices.models import Office
from loket.people.models import User


class Attachment(models.Model):
    """One file. Until it is sent it belongs to whoever uploaded it, and to nobody else."""

    class State(models.TextChoices):
        PENDING = "pending"
        CLEAN = "clean"
        REFUSED = "refused"

    token = models.CharField(max_length=40, unique=True, default=ids.token)
    office = models.ForeignKey(Office, models.PROTECT, related_name="attachments")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="attachments")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    # Waits with the words for a second officer.
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    # Where the bytes lie; says nothing of what they are.
    stored_as = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    # What the scanner called it when it refused.
    refusal = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "clean", "refused"]), name="attachment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(message=None) | Q(consultation__isnull=False),
                name="attachment_of_a_message_has_its_thread",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state="pending"), name="attachment_to_scan"),
            models.Index(fields=["created_at"], condition=Q(message=None), name="attachment_unsent"),
        ]

    def __str__(self):
        return f"{self.pk} {self.type}"

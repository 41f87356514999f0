from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """A message to a person, stored in the transaction of its cause and delivered later (DESIGN D11)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    # What may be sent once only has a key of its own, e.g. "ticket:AbC:summary".
    key = models.CharField(max_length=120, unique=True)
    office = models.CharField(max_length=16, blank=True, default="")
    kind = models.CharField(max_length=40)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    # Where its reader can stop mails of this kind (RFC 8058); empty for what the office owes somebody.
    stop_at = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # The mail server's words when it refused, for the officer who asks why.
    refusal = models.CharField(max_length=300, blank=True, default="")

    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="mail_sent_has_its_time",
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="mail_due"),
        ]

    def __str__(self):
        return f"{self.kind} {self.state}"

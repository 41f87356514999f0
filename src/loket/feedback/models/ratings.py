"""Ratings: one tap after a service."""

from django.db import models
from django.db.models import Q

from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.visits.models import Ticket


class Rating(models.Model):
    """One tap after a finished service, bound to it, once: a visit, or one closing of a consultation."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="ratings")
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, blank=True, related_name="rating")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="ratings"
    )
    # Which closing of the consultation: opened again and closed again it may be rated again.
    closing = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField()
    # Codes of ticked reasons, e.g. ["clear", "friendly"].
    reasons = models.JSONField(default=list, blank=True)
    comment = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=8)
    at = models.DateTimeField()
    # A keyed digest of the network address, for a week: many from one in minutes are unusual.
    origin = models.CharField(max_length=64, blank=True, default="")
    # What the supervisor answered to the comment; shown to whoever rated.
    reply = models.TextField(blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=40, blank=True, default="")
    # Never deleted: what looks wrong is marked with the reason, and counts all the same.
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.CharField(max_length=40, blank=True, default="")
    mark_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="rating_from_1_to_5"),
            models.CheckConstraint(
                condition=Q(channel__in=["phone", "mail", "tablet", "portal"]), name="rating_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, consultation=None, closing=None)
                | Q(ticket=None, consultation__isnull=False, closing__isnull=False),
                name="rating_of_one_service",
            ),
            models.UniqueConstraint(fields=["consultation", "closing"], name="rating_once_a_closing"),
            models.CheckConstraint(
                condition=Q(marked_at=None) | ~Q(mark_reason=""), name="rating_marked_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["office", "at"], name="rating_office_at")]

    def __str__(self):
        return f"{self.ticket or self.consultation} {self.score}"

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
        ]

    def __str__(self):
        return f"{self.ticket or self.consultation} {self.score}"

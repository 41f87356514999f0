"""What the public thinks of a service."""

from django.db import models
from django.db.models import Q

from loket.offices.models import Office
from loket.visits.models import Ticket


class Rating(models.Model):
    """One tap after a finished service, bound to it, once."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="ratings")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="rating")
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
                condition=Q(channel__in=["phone", "mail", "tablet"]), name="rating_channel_known"
            ),
        ]

    def __str__(self):
        return f"{self.ticket} {self.score}"

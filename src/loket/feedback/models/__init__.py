"""What the public thinks and says: ratings of services, the satisfaction survey."""

from loket.feedback.models.ratings import Rating
from loket.feedback.models.surveys import FollowUp, Invitation, Period, Report, Response

__all__ = ["FollowUp", "Invitation", "Period", "Rating", "Report", "Response"]

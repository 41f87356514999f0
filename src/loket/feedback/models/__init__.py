"""What the public thinks and says: ratings of services, the satisfaction survey, complaints."""

from loket.feedback.models.complaints import Complaint, ComplaintFile, ComplaintMessage, ConfidentialReader
from loket.feedback.models.ratings import Rating
from loket.feedback.models.surveys import FollowUp, Invitation, Period, Report, Response

__all__ = [
    "Complaint",
    "ComplaintFile",
    "ComplaintMessage",
    "ConfidentialReader",
    "FollowUp",
    "Invitation",
    "Period",
    "Rating",
    "Report",
    "Response",
]

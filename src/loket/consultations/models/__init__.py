"""What was asked, what was answered, and by when; one file for each part of it."""

from loket.consultations.models.files import Attachment
from loket.consultations.models.officers import (
    Absence,
    Draft,
    Presence,
    Proposal,
    SavedReply,
    Speciality,
)
from loket.consultations.models.records import (
    Consultation,
    ConsultationSeries,
    DataItem,
    Kind,
    Link,
    Material,
    label_of,
)
from loket.consultations.models.threads import Message, Turn

__all__ = [
    "Absence",
    "Attachment",
    "Consultation",
    "ConsultationSeries",
    "DataItem",
    "Draft",
    "Kind",
    "Link",
    "Material",
    "Message",
    "Presence",
    "Proposal",
    "SavedReply",
    "Speciality",
    "Turn",
    "label_of",
]

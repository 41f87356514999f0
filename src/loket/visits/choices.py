"""What visitors of the hall may declare; codes are stored, words are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PriorityReason(TextChoices):
    """Why somebody is called earlier: declared by themselves, never proven."""

    ELDERLY = "elderly", _("60 years or older")
    PREGNANT = "pregnant", _("Pregnant")
    DISABILITY = "disability", _("With a disability")
    CHILD = "child", _("With a small child")

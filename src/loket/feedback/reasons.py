"""Why a service was good or was not: what a visitor may tick after the tap."""

from django.utils.translation import gettext_lazy as _

SCORES = {
    5: _("Very good"),
    4: _("Good"),
    3: _("Fair"),
    2: _("Not good"),
    1: _("Bad"),
}
PRAISE = {
    "clear": _("The explanation was clear"),
    "friendly": _("The officer was friendly"),
    "quick": _("I was served quickly"),
    "found": _("I got what I needed"),
    "comfortable": _("The place is comfortable"),
}
BLAME = {
    "unclear": _("The explanation was not clear"),
    "unfriendly": _("The officer was not friendly"),
    "waited": _("I waited too long"),
    "not_found": _("I did not get what I needed"),
    "uncomfortable": _("The place is not comfortable"),
}
REASONS = PRAISE | BLAME


def reasons_for(score: int) -> dict:
    """The reasons offered after a score: what went well from 4, what should be better up to 3."""
    return PRAISE if score >= 4 else BLAME

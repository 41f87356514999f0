from django.utils.translation import gettext_lazy as _

from loket.base.personal import EVERY, Erasing, Impersonal, Kept, Personal

DECLARED = (
    Personal(
        "visits.Visit",
        ("request",),
        _("Visits: what you asked for"),
        _("so that the officer is prepared"),
        Kept.GUEST_BOOK,
        Erasing.EMPTY,
        visitor="visitor",
    ),
    Personal(
        "visits.Visit",
        ("door", "purpose", "kind"),
        _("Visits: when, why and by which way you came"),
        _("for statistics without names"),
        Kept.GUEST_BOOK,
        Erasing.STAYS,
        visitor="visitor",
    ),
    Personal(
        "visits.Ticket",
        ("token", "letter", "state", "priority_reason"),
        _("Visits: your number and what happened to it"),
        _("to serve you in order, and to prove that the promise was kept"),
        Kept.GUEST_BOOK,
        Erasing.STAYS,
        visitor="visit__visitor",
    ),
    Personal(
        "visits.NoteDraft",
        ("content",),
        _("Visits: the officer's unfinished note"),
        _("to answer you"),
        Kept.GUEST_BOOK,
        Erasing.DELETE_ROW,
        visitor="ticket__visit__visitor",
    ),
    Impersonal("visits.NoteDraft", ("by",), "an officer by number"),
    Impersonal("visits.NumberSeries", EVERY, "how many numbers a day gave"),
    Impersonal(
        "visits.TicketMove",
        ("move", "from_state", "to_state", "by", "reason", "before"),
        "what officers did with a number, and why; no visitor is named",
    ),
    Impersonal("visits.CounterSession", EVERY, "an officer at work"),
    Impersonal("visits.Break", EVERY, "an officer at work"),
)

from django.utils.translation import gettext_lazy as _

from loket.base.personal import EVERY, Erasing, Impersonal, Kept, Personal

DECLARED = (
    Personal(
        "privacy.DataRequest",
        ("email", "wish", "answer", "language"),
        _("Requests about your own data"),
        _("to do what you asked, and to prove that it was done in time"),
        Kept.FEEDBACK,
        Erasing.EMPTY,
        user="user",
        email="email",
        office="office__code",
        ends="ended_at",
    ),
    Personal(
        "privacy.Look",
        ("subject", "reason"),
        _("Who of the staff looked at your data"),
        _("so that nobody looks without a reason"),
        Kept.GUEST_BOOK,
        Erasing.STAYS,
        through="people.Visitor",
    ),
    Impersonal(
        "privacy.DataRequest", ("kind", "proof", "state", "ended_by"), "of closed lists, or by number"
    ),
    Impersonal("privacy.Look", ("doing",), "of a closed list"),
    Impersonal("privacy.Erased", EVERY, "rows by number: it names nobody, so that it can be kept"),
    Impersonal("privacy.Breach", EVERY, "what happened; the people concerned by number"),
)

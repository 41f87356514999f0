from django.utils.translation import gettext_lazy as _

from loket.base.personal import Erasing, Impersonal, Kept, Personal

DECLARED = (
    Personal(
        "outbox.Mail",
        ("to", "subject", "text", "html", "stop_at", "refusal"),
        _("Mails to you: address and words"),
        _("to send you what you were given and to answer when one did not arrive"),
        Kept.MAIL,
        Erasing.EMPTY,
        email="to",
        office="office",
    ),
    Impersonal("outbox.Mail", ("key", "office", "kind", "state"), "which mail it is and whether it left"),
)

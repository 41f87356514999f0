from django.utils.translation import gettext_lazy as _

from loket.base.personal import Erasing, Impersonal, Kept, Personal

DECLARED = (
    Personal(
        "feedback.Rating",
        ("comment",),
        _("Ratings: your comment"),
        _("to serve better"),
        Kept.FEEDBACK,
        Erasing.EMPTY,
        visitor="ticket__visit__visitor",
        ends="at",
    ),
    Personal(
        "feedback.Rating",
        ("comment",),
        _("Ratings: your comment"),
        _("to serve better"),
        Kept.FEEDBACK,
        Erasing.EMPTY,
        user="consultation__asker",
        ends="at",
    ),
    Impersonal("feedback.Rating", ("reasons", "channel"), "of closed lists"),
)

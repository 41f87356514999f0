from django.utils.translation import gettext_lazy as _

from loket.base.personal import EVERY, Basis, Erasing, Impersonal, Kept, Personal

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
    Personal(
        "feedback.Invitation",
        ("token",),
        _("Satisfaction survey: that you were asked by mail"),
        _("to ask once, and only those who agreed"),
        Kept.FEEDBACK,
        Erasing.STAYS,
        Basis.CONSENT,
        visitor="ticket__visit__visitor",
    ),
    Impersonal(
        "feedback.Response",
        (
            "channel",
            "by",
            "sex",
            "age_band",
            "education",
            "occupation",
            "marked_by",
            "mark_reason",
            "suggestion",
        ),
        "answers come without a name and lead to nobody; groups of closed lists, officers by number",
    ),
    Impersonal("feedback.Period", EVERY, "what the office asks everybody"),
    Impersonal("feedback.FollowUp", EVERY, "what the office will do"),
    Impersonal("feedback.Report", EVERY, "figures"),
)

from django.utils.translation import gettext_lazy as _

from loket.base.personal import EVERY, Erasing, Impersonal, Kept, Personal

_PROOF = _("to answer you, and to prove that it was done in time")

DECLARED = (
    Personal(
        "consultations.Consultation",
        ("subject", "question", "answer", "referral", "search_words"),
        _("Consultations: your question and what you were answered"),
        _PROOF,
        Kept.CONSULTATION,
        Erasing.EMPTY,
    ),
    Personal(
        "consultations.Message",
        ("text", "institution", "address"),
        _("Consultations: the messages between you and the office"),
        _PROOF,
        Kept.CONSULTATION,
        Erasing.EMPTY,
    ),
    Personal(
        "consultations.Attachment",
        ("name", "type", "sha256", "stored_as", "token"),
        _("Consultations: files you sent or were sent"),
        _PROOF,
        Kept.ATTACHMENT,
        Erasing.DELETE_ROW,
    ),
    Personal(
        "consultations.Draft",
        ("content",),
        _("Consultations: what you or the officer began to write"),
        _("so that nothing typed is lost"),
        Kept.CONSULTATION,
        Erasing.DELETE_ROW,
    ),
    Personal(
        "consultations.DataItem",
        ("what", "area"),
        _("Consultations: which data you asked for"),
        _("to learn which data are missing"),
        Kept.CONSULTATION,
        Erasing.EMPTY,
    ),
    Personal(
        "consultations.Material",
        ("title", "address"),
        _("Consultations: material you were given"),
        _PROOF,
        Kept.CONSULTATION,
        Erasing.STAYS,
    ),
    Personal(
        "consultations.Consultation",
        ("purpose", "language"),
        _("Consultations: what for, and in which language"),
        _("for statistics without names"),
        Kept.CONSULTATION,
        Erasing.STAYS,
    ),
    Impersonal(
        "consultations.Consultation",
        ("door", "kind", "state", "close_reason", "token", "key"),
        "of closed lists, or drawn by lot",
    ),
    Impersonal("consultations.DataItem", ("level", "period", "found"), "of closed lists"),
    Impersonal("consultations.Attachment", ("state", "refusal"), "what the check for malware said"),
    Impersonal("consultations.Message", ("kind", "key", "by", "facts"), "of closed lists, or by number"),
    Impersonal("consultations.Turn", EVERY, "a clock; an officer's reason for excusing it"),
    Impersonal("consultations.Link", EVERY, "which consultation belongs to which"),
    Impersonal("consultations.ConsultationSeries", EVERY, "how many numbers a year gave"),
    Impersonal("consultations.SavedReply", EVERY, "the office's own words"),
    Impersonal("consultations.Presence", EVERY, "an officer at work"),
    Impersonal("consultations.Absence", EVERY, "an officer away"),
    Impersonal("consultations.Speciality", EVERY, "what an officer knows well"),
)

"""The numbers and choices an office may set, with their defaults and allowed values."""

from ast import literal_eval
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any, Literal

Presence = Literal["off", "optional", "required"]

GUEST_FIELDS = ("phone", "sex", "age_band", "education", "occupation", "institution", "assistance")


class LimitWrong(Exception):
    """A setting of the office has a value that cannot be kept; args: field, what is expected."""


def _usual_fields() -> dict[str, Presence]:
    return dict.fromkeys(GUEST_FIELDS, "optional")


def _usual_purposes() -> list[dict[str, str]]:
    return [
        {"code": "study", "id": "Tugas sekolah atau kuliah", "en": "School or university work"},
        {"code": "thesis", "id": "Skripsi, tesis, atau disertasi", "en": "Thesis or dissertation"},
        {"code": "research", "id": "Penelitian", "en": "Research"},
        {
            "code": "planning",
            "id": "Perencanaan atau evaluasi pemerintah",
            "en": "Government planning or evaluation",
        },
        {"code": "business", "id": "Usaha atau bisnis", "en": "Business"},
        {"code": "news", "id": "Pemberitaan", "en": "News reporting"},
        {"code": "other", "id": "Lainnya", "en": "Something else"},
    ]


def _usual_classes() -> list[dict[str, Any]]:
    """As standards built on SP4N-LAPOR name them; the office's legal officer decides."""
    return [
        {"code": "light", "id": "Ringan", "en": "Light", "days": 2},
        {"code": "normative", "id": "Normatif", "en": "Normative", "days": 5},
        {"code": "plain", "id": "Tidak berkadar pengawasan", "en": "Without supervision", "days": 14},
        {"code": "supervision", "id": "Berkadar pengawasan", "en": "With supervision", "days": 60},
    ]


@dataclass(frozen=True)
class Limits:
    """Settings of one office; minutes, working days and counts as named."""

    handover_minutes: int = 10
    answer_days: int = 3
    silence_days: int = 3
    reopen_days: int = 14
    # "guest_book": the book first, then the number; "number": the number first (seed: guest book).
    first: Literal["guest_book", "number"] = "guest_book"
    # Numbers a day and service; 0: as many as come.
    daily_limit: int = 0
    # Stop giving numbers when the expected end of the queue passes closing time (CLOCKS 16).
    last_number_rule: bool = True
    # "strict": priority first always; "alternate": after so many priority calls one ordinary.
    priority: Literal["strict", "alternate"] = "alternate"
    priority_ratio: int = 2
    # How often the board says a call, and in which languages, in this order.
    announce_times: int = 2
    announce_languages: tuple[str, ...] = ("id",)
    # "digits": A-012 is read as printed, nol satu dua; "number": dua belas.
    announce_reading: Literal["digits", "number"] = "digits"
    undo_seconds: int = 60
    # What the officer sees of a waiting visitor before the call.
    request_before_call: bool = True
    # Left out of the hash, so that what is made for some limits can be kept by them.
    guest_fields: dict[str, Presence] = field(default_factory=_usual_fields, hash=False)
    purposes: list[dict[str, str]] = field(default_factory=_usual_purposes, hash=False)
    # How long what names a person is kept; the agency's archive schedule decides (UU 27/2022, 42 to 44).
    # "monthly": the figures of the month before go to the supervisors in the first days of a month.
    report_mail: Literal["none", "monthly"] = "none"
    guest_book_months: int = 12
    consultation_months: int = 24
    attachment_months: int = 6
    feedback_months: int = 24
    # Complaints (CLOCKS, Complaints): calendar days of UU 25/2009, and shorter classes in working days.
    complaint_response_days: int = 14
    complaint_decision_days: int = 60
    complaint_objection_days: int = 14
    complaint_classes: list[dict[str, Any]] = field(default_factory=_usual_classes, hash=False)
    # Answers, clarifications and referrals go out once a second officer has released them.
    second_officer: bool = False
    # A question goes at once to the officer who knows its kind, is there and has least to do.
    assign_on_asking: bool = False
    # Files one message may carry, and how large each may be.
    attachments: int = 10
    attachment_megabytes: int = 20

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


_NUMBERS = {
    "handover_minutes": (1, 120),
    "answer_days": (1, 60),
    "silence_days": (1, 60),
    "reopen_days": (0, 365),
    "daily_limit": (0, 999),
    "priority_ratio": (1, 20),
    "announce_times": (1, 5),
    "undo_seconds": (0, 300),
    "guest_book_months": (1, 120),
    "consultation_months": (1, 120),
    "attachment_months": (1, 120),
    "feedback_months": (1, 120),
    "complaint_response_days": (1, 60),
    "complaint_decision_days": (1, 60),
    "complaint_objection_days": (0, 60),
    "attachments": (0, 20),
    "attachment_megabytes": (1, 20),
}
_SWITCHES = ("last_number_rule", "request_before_call", "second_officer", "assign_on_asking")
_CHOICES = {
    "report_mail": ("none", "monthly"),
    "first": ("guest_book", "number"),
    "priority": ("strict", "alternate"),
    "announce_reading": ("digits", "number"),
}


def limits_from(content: dict[str, Any]) -> Limits:
    """Limits from stored or loaded JSON; what is absent keeps its default. Refuses LimitWrong.

    Nobody changes what comes back: equal content gives the same Limits, because every page asks.
    """
    try:
        return _limits_of(repr(content))
    except (ValueError, SyntaxError):
        # A file can hold what JSON cannot, such as a date; no limit is one, and the check says where.
        return _checked(content)


@lru_cache(maxsize=1024)
def _limits_of(text: str) -> Limits:
    return _checked(literal_eval(text))


def _checked(content: dict[str, Any]) -> Limits:
    known = {entry.name for entry in fields(Limits)}
    for name, value in content.items():
        if name not in known:
            raise LimitWrong(name, f"one of {', '.join(sorted(known))}")
        _check(name, value)
    values = dict(content)
    if "announce_languages" in values:
        values["announce_languages"] = tuple(values["announce_languages"])
    if "guest_fields" in values:
        values["guest_fields"] = _usual_fields() | values["guest_fields"]
    return Limits(**values)


def _check(name: str, value: Any) -> None:
    if name in _NUMBERS:
        least, most = _NUMBERS[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise LimitWrong(name, f"a whole number from {least} to {most}")
    elif name in _CHOICES:
        if value not in _CHOICES[name]:
            raise LimitWrong(name, f"one of {', '.join(_CHOICES[name])}")
    elif name in _SWITCHES:
        if not isinstance(value, bool):
            raise LimitWrong(name, "true or false")
    elif name == "announce_languages":
        known = isinstance(value, list | tuple) and all(language in ("id", "en") for language in value)
        if not value or not known:
            raise LimitWrong(name, 'a list of "id" and "en"')
    elif name == "guest_fields":
        _check_guest_fields(value)
    elif name == "purposes":
        _check_purposes(value)
    elif name == "complaint_classes":
        _check_classes(value)


def _check_guest_fields(presences: Any) -> None:
    if not isinstance(presences, dict):
        raise LimitWrong("guest_fields", "a table of fields, each off, optional or required")
    for guest_field, presence in presences.items():
        if guest_field not in GUEST_FIELDS:
            raise LimitWrong(f"guest_fields.{guest_field}", f"one of {', '.join(GUEST_FIELDS)}")
        if presence not in ("off", "optional", "required"):
            raise LimitWrong(f"guest_fields.{guest_field}", "off, optional or required")


def _check_purposes(purposes: Any) -> None:
    parts = {"code", "id", "en"}
    if not isinstance(purposes, list) or not purposes:
        raise LimitWrong("purposes", "at least one purpose")
    for number, purpose in enumerate(purposes, start=1):
        texts = isinstance(purpose, dict) and set(purpose) == parts and purpose.values()
        if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
            raise LimitWrong(f"purposes[{number}]", 'a "code", a text "id" and a text "en"')
    codes = [purpose["code"] for purpose in purposes]
    for number, code in enumerate(codes):
        if code in codes[:number]:
            raise LimitWrong(f"purposes[{number + 1}].code", "a code that no other purpose has")


def _check_classes(classes: Any) -> None:
    if not isinstance(classes, list):
        raise LimitWrong("complaint_classes", "a list of classes")
    for number, entry in enumerate(classes, start=1):
        known = isinstance(entry, dict) and set(entry) == {"code", "id", "en", "days"}
        if not known or not all(
            isinstance(entry[name], str) and entry[name] for name in ("code", "id", "en")
        ):
            raise LimitWrong(f"complaint_classes[{number}]", 'a "code", a text "id", a text "en" and "days"')
        days = entry["days"]
        if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 60:
            raise LimitWrong(f"complaint_classes[{number}].days", "working days from 1 to 60")
    codes = [entry["code"] for entry in classes]
    if len(set(codes)) != len(codes):
        raise LimitWrong("complaint_classes", "each code once")

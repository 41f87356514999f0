"""The nine elements of the satisfaction survey (Permenpan-RB 14/2017): fixed keys, wording to edit.

An element is known by its key, never by its number: offices number facilities and complaints
differently.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

Words = dict[str, str]


@dataclass(frozen=True)
class Element:
    """What is asked: its name in tables, the usual question, and the words of the answers 1 to 4."""

    key: str
    names: Words
    questions: Words
    answers: dict[str, tuple[str, str, str, str]]

    @property
    def name(self) -> str:
        return self.names[_language(self.names)]

    @property
    def answer_words(self) -> tuple[str, str, str, str]:
        return self.answers[_language(self.names)]


def _language(words: Words) -> str:
    spoken = (get_language() or "id")[:2]
    return spoken if spoken in words else "id"


_FITTING = {
    "id": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "en": ("Not suitable", "Less suitable", "Suitable", "Very suitable"),
}


def _element(key: str, name: tuple[str, str], question: tuple[str, str], answers: dict) -> Element:
    return Element(
        key, {"id": name[0], "en": name[1]}, {"id": question[0], "en": question[1]}, answers
    )  # fmt: skip


ELEMENTS = {
    element.key: element
    for element in (
        _element(
            "requirements",
            ("Persyaratan", "Requirements"),
            (
                "Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
                "How well do the requirements fit the service?",
            ),
            _FITTING,
        ),
        _element(
            "procedure",
            ("Sistem, mekanisme, dan prosedur", "System, mechanism and procedure"),
            (
                "Bagaimana pendapat Anda tentang kemudahan prosedur pelayanan di unit ini?",
                "How easy is the procedure of the service here?",
            ),
            {
                "id": ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
                "en": ("Not easy", "Less easy", "Easy", "Very easy"),
            },
        ),
        _element(
            "time",
            ("Waktu penyelesaian", "Time"),
            (
                "Bagaimana pendapat Anda tentang kecepatan waktu dalam memberikan pelayanan?",
                "How quickly was the service given?",
            ),
            {
                "id": ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
                "en": ("Not quickly", "Less quickly", "Quickly", "Very quickly"),
            },
        ),
        _element(
            "cost",
            ("Biaya atau tarif", "Cost"),
            (
                "Bagaimana pendapat Anda tentang kewajaran biaya atau tarif dalam pelayanan?",
                "How fair is the cost of the service?",
            ),
            {
                "id": ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
                "en": ("Very expensive", "Rather expensive", "Cheap", "Free of charge"),
            },
        ),
        _element(
            "product",
            ("Produk spesifikasi jenis pelayanan", "Product of the service"),
            (
                "Bagaimana pendapat Anda tentang kesesuaian hasil pelayanan dengan yang tercantum dalam "
                "standar pelayanan?",
                "How well does what you were given agree with the service standard?",
            ),
            _FITTING,
        ),
        _element(
            "competence",
            ("Kompetensi pelaksana", "Competence of the staff"),
            (
                "Bagaimana pendapat Anda tentang kompetensi atau kemampuan petugas dalam pelayanan?",
                "How competent is the officer?",
            ),
            {
                "id": ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
                "en": ("Not competent", "Less competent", "Competent", "Very competent"),
            },
        ),
        _element(
            "behaviour",
            ("Perilaku pelaksana", "Behaviour of the staff"),
            (
                "Bagaimana pendapat Anda tentang kesopanan dan keramahan petugas?",
                "How polite and friendly is the officer?",
            ),
            {
                "id": (
                    "Tidak sopan dan ramah",
                    "Kurang sopan dan ramah",
                    "Sopan dan ramah",
                    "Sangat sopan dan ramah",
                ),
                "en": ("Not polite", "Less polite", "Polite and friendly", "Very polite and friendly"),
            },
        ),
        _element(
            "facilities",
            ("Sarana dan prasarana", "Facilities"),
            (
                "Bagaimana pendapat Anda tentang kualitas sarana dan prasarana?",
                "How good are the facilities?",
            ),
            {"id": ("Buruk", "Cukup", "Baik", "Sangat baik"), "en": ("Bad", "Fair", "Good", "Very good")},
        ),
        _element(
            "complaints",
            ("Penanganan pengaduan", "Handling of complaints"),
            (
                "Bagaimana pendapat Anda tentang penanganan pengaduan pengguna layanan?",
                "How are complaints of visitors handled?",
            ),
            {
                "id": (
                    "Tidak ada",
                    "Ada tetapi tidak berfungsi",
                    "Berfungsi kurang maksimal",
                    "Dikelola dengan baik",
                ),
                "en": (
                    "Not at all",
                    "There is a way, but it does not work",
                    "It works, but not well",
                    "They are handled well",
                ),
            },
        ),
    )
}
KEYS = tuple(ELEMENTS)


def usual_questions() -> list[dict[str, str]]:
    """The questions of a new period, in the order U1 to U9 of the decree."""
    return [{"key": element.key, **element.questions} for element in ELEMENTS.values()]


def question_words(entry: dict[str, str]) -> str:
    """A period's own wording in the reader's language."""
    spoken = _language({name: text for name, text in entry.items() if name != "key" and text})
    return entry.get(spoken) or entry["id"]

"""Names of areas as keys: "Kab. Probolinggo" and "KABUPATEN PROBOLINGGO" are the same area."""

from loket.library.language.tokens import words_of

# Words before a name that say what kind of area it is; a province is called by its bare name.
QUALIFIERS = {
    "kota": "kota", "kotamadya": "kota", "kodya": "kota", "city": "kota", "kabupaten": "kabupaten",
    "kab": "kabupaten", "regency": "kabupaten", "provinsi": "", "prov": "", "propinsi": "", "province": "",
}  # fmt: skip


def key_of(name: str) -> str:
    """One word for an area, whichever way it is written; "" for no name."""
    words = words_of(name)
    if len(words) > 1 and words[0] in QUALIFIERS:
        words[0] = QUALIFIERS[words[0]]
    return "".join(words)

"""Finding consultations by number, by words of their subject, question or asker's name, and by the asker's
address or the beginning of one.

The database keeps the words itself (consultations/words.py). Few that fit are named one by one; of
what many contain, the page is filled from its box at once.
"""

import re
import sys
import unicodedata
from typing import Any

from django.db import connection

from loket.base import sql
from loket.offices.models import Office

# A condition about the table "chosen", and its values.
Condition = tuple[str, list[Any]]
# So many keys are passed by name; where more fit, a page of the box is full soon.
FEW = 2000
# Shorter words are sought as they are, longer ones as beginnings too.
BEGINS = 3
LONGEST_WORD = 60
MOST_WORDS = 8
_NUMBER = re.compile(r"(?:(?:no|nomor)\.?\s*|#)?(?:k[-/\s]?)?(?:(\d{4})[-/\s])?0*(\d{1,9})", re.IGNORECASE)
# As it stands in mails and on paper, with whatever was copied around it.
_PRINTED = re.compile(r"\bk-(\d{4})-0*(\d{1,9})\b", re.IGNORECASE)
# What can only be an address, or how one begins.
_ADDRESS = re.compile(r"[^\s@]+[@.]\S*")
# As mails have it, after a name or as a link: "Budi <budi@...>", "Budi (budi@...)", "mailto:budi@...".
_COPIED = re.compile(r"(?:[<(\[]|mailto:)\s*([^\s@<>()\[\]:]+@[^\s@<>()\[\],;?\"']+)", re.IGNORECASE)
_AROUND = " \t\r\n<>()[]\"',;:"
# Some letters of New Tai Lue and two Vedic signs part words for SQLite: with one inside, a word would be a
# phrase, and phrases it refuses because it keeps no places of words.
WORD = {
    "sqlite": re.compile(r"[^\W_\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]+"),
    "postgresql": re.compile(r"[^\W_]+"),
}


def about(office: Office, sought: str) -> Condition:
    """What has the number, such as K-2026-00012 or 12, or every word."""
    words = words_of(sought)
    if not words:
        return "1 = 0", []
    statement, values = _candidates(office, sought, words)
    found = sql.rows(f"{statement} LIMIT {FEW + 1}", *values)
    if len(found) > FEW:
        return _one_of([_containing(words), *_named(office, sought)])
    return f"chosen.id IN ({', '.join(['%s'] * len(found)) or 'NULL'})", [key for (key,) in found]


def numbered(text: str) -> tuple[int | None, int] | None:
    """Year and number of K-2026-00012, wherever it stands, or of 12 without a year; None for other words."""
    spelled = _PRINTED.search(text) or _NUMBER.fullmatch(text.strip())
    if spelled is None:
        return None
    return int(spelled[1]) if spelled[1] else None, int(spelled[2])


def addressed(text: str) -> str:
    """The address in what was copied from a mail; other words as they are, without the signs around them."""
    copied = _COPIED.search(text)
    found = (copied[1] if copied else text).strip(_AROUND).lower()
    # The end of a sentence; of one's own typing it is the beginning of what follows.
    return found.rstrip(".") if "@" in found else found


def words_of(text: str) -> list[str]:
    found = WORD[connection.vendor].findall(unicodedata.normalize("NFC", text).lower())
    return [word[:LONGEST_WORD] for word in found[:MOST_WORDS]]


def _candidates(office: Office, sought: str, words: list[str]) -> tuple[str, list[Any]]:
    """One statement for the keys: those with every word in the text, those where a name has some of them,
    and those with the number or the address. As they come, so that the first few are enough."""
    in_text, some_in_name = _sought_as(office, words)
    contained, values = _containing(words)
    statement = _WITH_WORDS[connection.vendor].format(contained=contained)
    values = [in_text, office.pk, some_in_name, office.pk, *values]
    for condition, more in _named(office, sought):
        statement += f" UNION ALL {_CHOSEN} WHERE {condition}"
        values += more
    return statement, values


def _named(office: Office, sought: str) -> list[Condition]:
    """What is meant where it is a number or an address, each found by its index."""
    found: list[Condition] = []
    if (number := numbered(sought)) is not None:
        found.append((_WITH_NUMBER, [office.pk, number[1], number[0]]))
    if _ADDRESS.fullmatch(address := addressed(sought)):
        found.append((_WITH_ADDRESS[connection.vendor], [*_beginning(address), office.pk]))
    return found


def _beginning(text: str) -> list[str]:
    """Values for what begins so, in the way in which each database's index knows beginnings."""
    if connection.vendor == "sqlite":
        return [text, text + chr(sys.maxunicode)]
    return [re.sub(r"([\\%_])", r"\\\1", text) + "%"]


def _one_of(conditions: list[Condition]) -> Condition:
    either = " OR ".join(f"({condition})" for condition, _ in conditions)
    return f"({either})", [value for _, values in conditions for value in values]


def _containing(words: list[str]) -> Condition:
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    every = " AND ".join([_CONTAINS.format(like=like)] * len(words))
    return every, [f"%{word}%" for word in words for _ in range(3)]


def _sought_as(office: Office, words: list[str]) -> tuple[str, str]:
    """All words for the text, any of them for names, in the database's own language."""
    if connection.vendor == "sqlite":
        spelled = [f'"{word}"{"*" * _begins(word)}' for word in words]
        return " AND ".join(spelled), " OR ".join(spelled)
    ends = [f"{word}'{':*' * _begins(word)}" for word in words]
    return " & ".join(f"'{office.pk}.{end}" for end in ends), " | ".join(f"'0.{end}" for end in ends)


def _begins(word: str) -> bool:
    return len(word) >= BEGINS


# CROSS keeps SQLite from entering by the office, which all of them share.
_WITH_WORDS = {
    "sqlite": """
        SELECT chosen.id FROM consultations_words AS kept
            CROSS JOIN consultations_consultation AS chosen ON chosen.id = kept.rowid
            WHERE kept.consultations_words MATCH %s AND chosen.office_id = %s
        UNION ALL SELECT chosen.id FROM consultations_askers AS kept
            CROSS JOIN consultations_consultation AS chosen ON chosen.asker_id = kept.rowid
            WHERE kept.consultations_askers MATCH %s AND chosen.office_id = %s AND {contained}""",
    "postgresql": """
        SELECT chosen.id FROM consultations_consultation AS chosen
            WHERE loket_words(chosen.office_id, chosen.subject || ' ' || chosen.question) @@ %s::tsquery
            AND chosen.office_id = %s
        UNION ALL SELECT chosen.id FROM people_user AS kept
            JOIN consultations_consultation AS chosen ON chosen.asker_id = kept.id
            WHERE loket_words(0, kept.name) @@ %s::tsquery AND chosen.office_id = %s AND {contained}""",
}
_CHOSEN = "SELECT chosen.id FROM consultations_consultation AS chosen"
_WITH_NUMBER = """chosen.office_id = %s AND chosen.number = %s
    AND chosen.year IN (SELECT series.year FROM consultations_consultationseries AS series
        WHERE series.office_id = chosen.office_id AND series.year = coalesce(%s, series.year))"""
# The plus keeps SQLite from entering by the office, which all of them share.
_WITH_ADDRESS = {
    "sqlite": """chosen.asker_id IN (SELECT id FROM people_user WHERE email >= %s AND email < %s)
        AND +chosen.office_id = %s""",
    "postgresql": """chosen.asker_id IN (SELECT id FROM people_user WHERE email LIKE %s)
        AND chosen.office_id = %s""",
}
_CONTAINS = """(chosen.subject {like} %s OR chosen.question {like} %s OR EXISTS
    (SELECT 1 FROM people_user WHERE people_user.id = chosen.asker_id AND people_user.name {like} %s))"""

"""How many different persons came, without keeping who: a key from the address and the year's secret.

The key of a person is the same all through a year, whichever office and door they used, and another
one in the next. When the year is counted its secret is destroyed; the keys stay and tell nothing.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable, Mapping

from loket.reports.models import YearKey

LETTERS = 11  # 64 bits: among ten million persons two would meet once in 370,000 years


def key_of(identity: str, secret: str) -> str:
    digest = hmac.digest(secret.encode(), identity.encode(), hashlib.sha256)[:8]
    return base64.urlsafe_b64encode(digest)[:LETTERS].decode()


def identity_of(*, email: str | None, visitor_id: int | None) -> str:
    """Who it is, for the key: the address where there is one, else the visitor's own row."""
    return f"mail:{email.strip().lower()}" if email else f"visitor:{visitor_id}" if visitor_id else ""


def split(persons: str) -> set[str]:
    return {key.decode() for key in _bytes(persons)}


def different(parts: Iterable[str]) -> int:
    """How many different ones there are in all the parts together."""
    seen: set[bytes] = set()
    for part in parts:
        seen.update(_bytes(part))
    return len(seen)


def _bytes(persons: str) -> tuple[bytes, ...]:
    """Half a million keys are taken apart in a tenth of a second."""
    return struct.unpack(f"{LETTERS}s" * count(persons), persons.encode())


def count(keys: str) -> int:
    """Of keys in which nobody comes twice."""
    return len(keys) // LETTERS


def joined(keys: set[str]) -> str:
    return "".join(sorted(keys))


def secrets_of(years: set[int], *, known: Mapping[int, str]) -> dict[int, str]:
    """The secrets of these years; empty for a destroyed one. A year without any gets one for this call
    alone: what is counted while reading is not kept. What is `known` is not asked for again.
    """
    found = dict(known)
    if missing := years - found.keys():
        found |= dict(YearKey.objects.filter(year__in=missing).values_list("year", "secret"))
    return {year: found[year] if year in found else secrets.token_hex(32) for year in years}


def make_secrets(years: set[int]) -> None:
    """Make the secrets that are not there yet, before anything counted with them is kept."""
    missing = [YearKey(year=year, secret=secrets.token_hex(32)) for year in sorted(years)]
    YearKey.objects.bulk_create(missing, ignore_conflicts=True)


def destroy(*, before: int) -> int:
    """Destroy the secrets of the years before `before`. Returns how many."""
    return YearKey.objects.filter(year__lt=before).exclude(secret="").update(secret="")

"""The code and the secret with which a complaint is followed, also without a name.

The code is public in the sense of a number on paper; the secret proves who filed it. Only a digest of
the secret is kept. It is derived from the form's key, so a press that is repeated gets the same one.
"""

import hashlib
import hmac

from django.conf import settings

from loket.base.ids import READABLE

CODE_LENGTH, SECRET_LENGTH = 8, 10


def secret_for(key: str) -> str:
    """Ten readable characters (49 bits) that nobody can work out from the key without ours."""
    mixed = hmac.new(settings.SECRET_KEY.encode(), f"complaint:{key}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(mixed, "big")
    letters = []
    for _ in range(SECRET_LENGTH):
        number, place = divmod(number, len(READABLE))
        letters.append(READABLE[place])
    return "".join(letters)


def digest_of(code: str, secret: str) -> str:
    return hashlib.sha256(f"{code}:{secret}".encode()).hexdigest()


def typed(text: str) -> str:
    """As somebody types it: spaces, hyphens and small letters do not matter."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())[:40]


def grouped(text: str) -> str:
    """ABCD-EFGH: easier to copy by hand."""
    half = (len(text) + 1) // 2
    return f"{text[:half]}-{text[half:]}"


def same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected, given)

"""E-mail addresses and phone numbers as people write them: one spelling, and a masked one."""

import re
import unicodedata

# Shape only: whether an address lives is found out by writing to it (R2).
_EMAIL = re.compile(r"[^@\s\"'<>(),;:\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class NotAnAddress(ValueError):
    """The text cannot be an e-mail address."""


class NotANumber(ValueError):
    """The text cannot be a phone number."""


def email(text: str) -> str:
    """One spelling of an address: trimmed, composed, lower case. Refuses NotAnAddress.

    Unseen signs (Unicode category Cf) are refused: the address would look like somebody else's.
    """
    spelled = unicodedata.normalize("NFKC", text).strip().lower()
    if any(unicodedata.category(sign) == "Cf" for sign in spelled):
        raise NotAnAddress(text)
    if len(spelled) > 254 or not _EMAIL.fullmatch(spelled) or ".." in spelled:
        raise NotAnAddress(text)
    return spelled


def phone(text: str) -> str:
    """An Indonesian or international number as +digits; 0812… becomes +62812…. Refuses NotANumber."""
    digits = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", text))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    if not re.fullmatch(r"\+[0-9]{8,15}", digits):
        raise NotANumber(text)
    return digits


def masked_email(address: str) -> str:
    """b•••@surel.example: enough to recognise one's own, too little to learn another's."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""

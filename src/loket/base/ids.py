"""Identifiers that people may see: unguessable, without a meaning, easy to read aloud where needed."""

import secrets

# Without 0/O, 1/I/L: read from paper, said over a counter.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def token() -> str:
    """128 random bits for an address nobody can guess."""
    return secrets.token_urlsafe(16)


def code(length: int = 8) -> str:
    """A code a person can type, e.g. to pair a device; 31 characters to choose from per place."""
    rest, letters = secrets.randbelow(len(READABLE) ** length), []
    for _ in range(length):
        rest, place = divmod(rest, len(READABLE))
        letters.append(READABLE[place])
    return "".join(letters)

"""Addresses in mails: absolute, from the configured base and never from a request."""

from django.conf import settings


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"

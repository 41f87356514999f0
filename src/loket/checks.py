"""What must be right before the program may start; each finding says what to do.

Run by `loket check`, by `loket doctor` and at the start of `loket serve`.
"""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host
from django.urls import URLPattern, URLResolver, get_resolver

# Doors of django-allauth that are open; each has a template of ours. They decide by themselves who may
# pass: signing in is for everybody, the rest for whoever is signed in.
ALLAUTH = {
    "account_inactive",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}
SHORTEST_SECRET = 32
# As Django compares it: a name, one with all below it, an address, or all.
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)


@register
def audiences(app_configs, **_) -> list[CheckMessage]:
    """Deny by default: a view that does not say for whom it is stops the start (DESIGN D20)."""
    return [
        Error(
            f"The address {address} does not say for whom it is.",
            hint="Decorate its view with one of loket.screens.access.",
            id="loket.E001",
        )
        for address, pattern in _patterns(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "audience") and not _is_allauths(pattern)
    ]


def _patterns(patterns, above: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, address)
        else:
            yield address, pattern


def _is_allauths(pattern: URLPattern) -> bool:
    return pattern.callback.__module__.startswith("allauth.") and pattern.name in ALLAUTH


@register
def secret(app_configs, **_) -> Iterator[CheckMessage]:
    """Those that the program makes are twice as long; whoever guesses it signs in as anybody."""
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Error(
            f"LOKET_SECRET_KEY has {len(settings.SECRET_KEY)} signs and can be guessed.",
            hint=f"Write at least {SHORTEST_SECRET} random ones, or leave it out: Loket makes its own.",
            id="loket.E006",
        )


@register
def addresses(app_configs, **_) -> Iterator[CheckMessage]:
    base = _site(settings.BASE_URL)
    if base is None:
        yield Error(
            f"LOKET_BASE_URL={settings.BASE_URL} is no address of a site.",
            hint="Write it like https://pst.kantor.example or http://10.0.0.5:8000, without a path.",
            id="loket.E002",
        )
        return
    for name in settings.ALLOWED_HOSTS:
        if not HOST.fullmatch(name):
            yield Error(
                f"LOKET_HOSTS: {name} is no name of a host.",
                hint="Write names alone, such as pst.kantor.example, without https:// and without a port.",
                id="loket.E007",
            )
    if not validate_host(base.hostname, settings.ALLOWED_HOSTS):
        yield Error(
            f"LOKET_BASE_URL names {base.hostname}, but LOKET_HOSTS does not.",
            hint=f"Add {base.hostname} to LOKET_HOSTS; otherwise no link in a mail can be opened.",
            id="loket.E003",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Warning(
            "LOKET_HOSTS lets in every name.", hint="Name the hosts that visitors use.", id="loket.W001"
        )
    if base.scheme == "https" and not settings.TRUSTED_PROXIES:
        yield Warning(
            "LOKET_BASE_URL is https, but no proxy in front is trusted to say so.",
            hint="Set LOKET_TRUSTED_PROXIES=1 where one proxy ends TLS.",
            id="loket.W002",
        )


def _site(address: str) -> SplitResult | None:
    """Its parts, if it names a site and nothing else: a user or a part of a page would stand in links."""
    try:
        base = urlsplit(address)
        rebuilt = f"{base.scheme}://{_in_brackets(base.hostname or '')}"
        if base.port is not None:
            rebuilt += f":{base.port}"
    except ValueError:
        return None
    fits = base.scheme in ("http", "https") and HOST.fullmatch(_in_brackets(base.hostname or ""))
    return base if fits and rebuilt == address.lower() else None


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@register
def debugging(app_configs, **_) -> Iterator[CheckMessage]:
    base = _site(settings.BASE_URL)
    if settings.DEBUG and (base is None or base.hostname not in ("localhost", "127.0.0.1", "::1")):
        yield Error(
            "LOKET_DEBUG is on at an address that others can reach; its error pages show visitors' data.",
            hint="Write LOKET_DEBUG=no.",
            id="loket.E004",
        )


@register
def mail(app_configs, **_) -> Iterator[CheckMessage]:
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        yield Error(
            "LOKET_SMTP_STARTTLS and LOKET_SMTP_TLS are both on.",
            hint="Port 587 usually takes STARTTLS, port 465 TLS: keep one.",
            id="loket.E005",
        )
    if settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Warning(
            f"Mails would come from {settings.DEFAULT_FROM_EMAIL}, which many servers refuse.",
            hint="Write the office's own address into LOKET_MAIL_FROM.",
            id="loket.W003",
        )

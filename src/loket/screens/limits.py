"""Doors with a limit (settings.RATE_LIMITS), counted for each account, client address or key."""

from datetime import timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from loket.base.limiting import Limit, may
from loket.people.models import User

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def consume(request: HttpRequest, *, action: str, user: User | None = None, key: str = "") -> bool:
    """Count this request at the door `action`; False when a limit is reached. Looking is not counted."""
    if request.method == "GET":
        return True
    limits = [
        Limit(amount, timedelta(seconds=seconds), f"{per}:{_who(request, per, user, key)}")
        for amount, seconds, per in _rates(settings.RATE_LIMITS[action])
    ]
    return may(door=action, limits=limits, at=timezone.now())


@cache
def _rates(written: str) -> list[tuple[int, int, str]]:
    """From "10/h/user,60/5m/ip": how many, in how many seconds, for each what."""
    rates = []
    for rate in written.split(","):
        amount, span, per = rate.split("/")
        rates.append((int(amount), int(span[:-1] or 1) * UNITS[span[-1]], per))
    return rates


def _who(request: HttpRequest, per: str, user: User | None, key: str) -> str:
    if per == "ip":
        return client_network(request)
    return str((user or request.user).pk) if per == "user" else key


def client_network(request: HttpRequest) -> str:
    """The client's own address behind the proxies we trust; of IPv6 the /64 that one client has to itself."""
    said = get_adapter().get_client_ip(request)
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if not isinstance(address, IPv6Address):
        return said
    # A server that listens on :: gives an IPv4 client an IPv6 address, and all of them the same /64.
    return str(address.ipv4_mapped or ip_network(f"{address}/64", strict=False))

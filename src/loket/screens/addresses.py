"""Addresses that are led to at every press; looking one up by its name costs as much as storing a row."""

from functools import lru_cache

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

# Stands where the token comes; every token is made of the same letters (base.ids).
TOKEN = "TOKEN"  # noqa: S105 - a placeholder


class OwnRedirect(HttpResponseRedirect):
    """To an address that we made ourselves: it needs neither quoting nor a look at where it leads."""

    def __init__(self, address: str):
        HttpResponse.__init__(self)
        self.headers["Location"] = address


def to_ticket(office_code: str, token: str) -> HttpResponse:
    """On to the page of a number."""
    before, after = _ticket_page(office_code)
    return OwnRedirect(f"{before}{token}{after}")


def to_counter(office_code: str, number: int) -> HttpResponse:
    """Back to the desk of a counter."""
    return OwnRedirect(_counter_page(office_code, number))


def to_item(office_code: str, item_id: int) -> str:
    """The page of something in the library."""
    return f"{_item_pages(office_code)}{item_id}/"


@lru_cache(maxsize=2048)
def _item_pages(office_code: str) -> str:
    return reverse("library-item", kwargs={"office_code": office_code, "item": 0}).removesuffix("0/")


@lru_cache(maxsize=2048)
def _ticket_page(office_code: str) -> tuple[str, str]:
    before, _, after = reverse("ticket", kwargs={"office_code": office_code, "token": TOKEN}).rpartition(
        TOKEN
    )
    return before, after


@lru_cache(maxsize=2048)
def _counter_page(office_code: str, number: int) -> str:
    return reverse("desk-hall", kwargs={"office_code": office_code, "number": number})

"""Knocking at a door by any method, with as little around it as thousands of knocks ask for."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.template import Context, Template
from django.test import Client, RequestFactory

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# One's own session, and the counts of tries that keep strangers from trying for ever.
OF_THE_KNOCK = ("django_session", "base_cache", "base_tries")
# Who looked at what somebody asked: the one thing that a look leaves behind.
OF_A_LOOK = "privacy_look"


class Knocker:
    """One person at the doors of the program; what a knock changes is taken back."""

    def __init__(self, client: Client) -> None:
        self.cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
        self.requests, self.handler = RequestFactory(), BaseHandler()
        self.handler.load_middleware()

    def knock(self, method: str, address: str, form: str) -> tuple[str, list[str]]:
        """How the door answers, and the statements that changed something of the office or of people."""
        body = form if method == "POST" else ""
        request = self.requests.generic(method, address, body, "application/x-www-form-urlencoded")
        request.META["HTTP_COOKIE"] = self.cookies
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        with transaction.atomic(), written() as changes, drawn(method == "GET"):
            said = meaning(self.handler.get_response(request))
            transaction.set_rollback(True)
        return said, changes


def meaning(response: HttpResponseBase) -> str:
    """What an answer tells whoever knocked, in a word."""
    if response.streaming:
        list(response.streaming_content)  # type: ignore[attr-defined] # read to its end, a file is closed
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    if response.status_code in (404, 405):
        return {404: "nothing", 405: "no"}[response.status_code]
    to = response.headers.get("Location", "")
    if to.startswith("/akun/masuk/"):
        return "sign in"
    return "pair" if re.match(r"/\d+/perangkat/", to) else "in"


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that changed something; of the office and of people."""
    statements: list[str] = []

    def watch(execute, sql, params, many, context):
        changes = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if changes and not any(table in sql for table in OF_THE_KNOCK):
            statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield statements


@contextmanager
def drawn(looked_at: bool) -> Iterator[None]:
    """Who is let in is decided before a page is drawn; pages are drawn where they are looked at."""

    def refusal(request, template, status=200):
        return HttpResponse(status=status)

    with mock.patch("loket.screens.errors.render", refusal):
        if looked_at:
            yield
        else:
            with mock.patch.object(Template, "_render", empty):
                yield


def empty(template: Template, context: Context) -> str:
    return ""

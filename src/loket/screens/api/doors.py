"""From an address to the operation that answers it, with a limit a minute."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from loket.base import pace
from loket.screens.access import everybody
from loket.screens.api.problems import problem
from loket.screens.limits import client_network


def door(operation: str) -> Callable[..., HttpResponse]:
    """The view of one operation of the API, by its name."""

    @everybody
    @csrf_exempt
    def opened(request: HttpRequest, **asked: str) -> HttpResponse:
        if request.method != "GET":
            return _only_read()
        wait = pace.seconds_to_wait(
            door="api",
            who=client_network(request),
            a_minute=settings.API_PER_MINUTE,
            at=timezone.now(),
        )
        if wait:
            return _too_many(wait)
        from loket.screens.api.operations import views  # loads django-ninja and pydantic

        return views()[operation](request, **asked)

    return opened


def _only_read() -> HttpResponse:
    refusal = problem(405, "only_read", _("The API can only be read: ask with GET."))
    refusal.headers["Allow"] = "GET"
    return refusal


def _too_many(wait: int) -> HttpResponse:
    refusal = problem(429, "too_many", _("Too many requests in one minute. Wait a little and ask again."))
    refusal.headers["Retry-After"] = str(wait)
    return refusal

"""What the API offers: a page for people, and its description for programs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.base.links import absolute
from loket.screens.access import everybody


@everybody
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    context = {"root": absolute(request.path), "a_minute": settings.API_PER_MINUTE}
    return render(request, "api/page.html", context)


@everybody
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    from loket.screens.api.operations import description  # loads django-ninja and pydantic

    return JsonResponse(description())

"""How the API says no: as RFC 9457 writes it."""

from django.http import JsonResponse

PROBLEM = "application/problem+json"


def problem(status: int, code: str, detail: str, **more: object) -> JsonResponse:
    """An error as RFC 9457 writes it; `code` never changes with the language."""
    content = {"status": status, "code": code, "detail": detail, **more}
    return JsonResponse(content, status=status, content_type=PROBLEM)

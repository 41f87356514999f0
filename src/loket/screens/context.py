from django.conf import settings


def page(request):
    """What every template may use."""
    return {"demo": settings.DEMO, "office": getattr(request, "office", None)}

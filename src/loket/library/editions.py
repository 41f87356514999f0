"""The editions of classifications that the library has, and which of them is the newest."""

from django.core.cache import caches

from loket.library.models import Item, Kind

KEPT_SECONDS = 60


def editions() -> list[str]:
    """Such as "KBLI 2020" and "KBLI 2025"; a new one is known everywhere within a minute."""
    cache = caches["memory"]
    found = cache.get("library.editions")
    if found is None:
        found = _look()
        cache.set("library.editions", found, KEPT_SECONDS)
    return found


def is_current(version: str) -> bool:
    """Whether no newer edition of the same classification is here."""
    if not version:
        return True
    family = _family(version)
    return not any(_family(other) == family and other > version for other in editions())


def _family(version: str) -> str:
    """ "KBLI 2020" -> "KBLI"."""
    return version.rpartition(" ")[0]


def _look() -> list[str]:
    """One step of the index for each edition: a DISTINCT would read a million rows."""
    rows = Item.objects.filter(kind=Kind.CLASSIFICATION, status=Item.Status.PUBLISHED)
    found: list[str] = []
    last = ""
    while True:
        following = rows.filter(version__gt=last).order_by("version", "pk").values_list("version", flat=True)
        if not (version := following.first()):
            return found
        found.append(version)
        last = version

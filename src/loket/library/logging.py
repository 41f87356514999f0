"""What was looked for, kept without anything about who looked."""

import re
from datetime import datetime, timedelta

from django.db.models import Count

from loket.base.text import one_line
from loket.library.models import Item, SearchLog
from loket.offices.models import Office

# What people paste by mistake: addresses, telephone and identity numbers.
_ADDRESS = re.compile(r"\S+@\S+")
_LONG_NUMBER = re.compile(r"\+?\d[\d\s.-]{6,}\d")
MOST_SIGNS = 200
# Words that fewer searches share could be about one person; they go after this time.
KEPT_FOR = timedelta(days=30)
SHARED_BY = 3


def log_search(
    *, office: Office, words: str, total: int, confident: bool, place: str, at: datetime, token: str
) -> None:
    """Note a search; `place` is a SearchLog.Place, `at` aware. The same `token` again changes nothing."""
    seen = {
        "office": office,
        "at": at,
        "place": place,
        "words": without_traces(words),
        "results": total,
        "confident": confident,
    }
    SearchLog.objects.get_or_create(token=token, defaults=seen)


def without_traces(words: str) -> str:
    """The words in lower case, without what names or reaches a person."""
    plain = _LONG_NUMBER.sub(" ", _ADDRESS.sub(" ", one_line(words).lower()))
    return " ".join(plain.split())[:MOST_SIGNS]


def log_opened(*, token: str, item_id: int, rank: int) -> bool:
    """Note which result was opened; the first one counts. False when there is no such search or item."""
    if not Item.objects.filter(pk=item_id).exists():
        return False
    found = SearchLog.objects.filter(token=token, item=None)
    return bool(found.update(item=item_id, rank=min(max(rank, 1), 1000)))


def log_asked(*, token: str) -> bool:
    """Note that the search became a question."""
    return bool(SearchLog.objects.filter(token=token).update(asked=True))


def forgettable(*, office: Office, at: datetime):
    """Old searches of words that too few others used."""
    old = SearchLog.objects.filter(office=office, at__lt=at - KEPT_FOR).exclude(words="")
    shared = (
        SearchLog.objects.filter(office=office)
        .values("words")
        .annotate(times=Count("pk"))
        .filter(times__gte=SHARED_BY)
        .values("words")
    )
    return old.exclude(words__in=shared)


def forget_words(*, office: Office, at: datetime) -> int:
    """Take the rare words out of old searches; that there was a search stays. Returns how many."""
    return forgettable(office=office, at=at).update(words="")

"""What was looked for is kept, who looked is not."""

from datetime import timedelta

import pytest

from loket.base import ids
from loket.jobs import searching as jobs
from loket.library import logging, searching
from loket.library.models import Item, SearchLog
from tests.cast import MORNING, an_office
from tests.library.shelf import THINGS, put

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=31)


def note(office, words, at=MORNING):
    found, token = searching.search(office=office, words=words), ids.token()
    shown = {"words": words, "total": found.total, "confident": found.confident, "place": "portal"}
    logging.log_search(office=office, token=token, at=at, **shown)
    return token


def test_a_search_and_what_followed():
    office = an_office()
    put(*THINGS)
    item = Item.objects.get(key="ipm")

    token = note(office, "IPM")
    logging.log_opened(token=token, item_id=item.pk, rank=1)
    logging.log_opened(token=token, item_id=item.pk, rank=7)
    logging.log_asked(token=token)

    log = SearchLog.objects.get()
    assert (log.words, log.results, log.confident, log.rank, log.asked) == ("ipm", 1, True, 1, True)


@pytest.mark.parametrize(
    "words", ["budi@surel.example inflasi", "inflasi 3574012345670001", "inflasi +62 812-3456-7890"]
)
def test_what_reaches_a_person_is_not_kept(words):
    note(an_office(), words)

    assert SearchLog.objects.get().words == "inflasi"


def test_rare_words_are_forgotten_and_shared_ones_stay():
    office = an_office()
    for words in ("inflasi", "inflasi", "inflasi", "alamat budi santoso"):
        note(office, words)

    assert jobs.words_due(MORNING) == []
    for due in jobs.words_due(LATER):
        jobs.forget_words(due, LATER)

    assert sorted(SearchLog.objects.values_list("words", flat=True)) == ["", "inflasi", "inflasi", "inflasi"]
    assert jobs.words_due(LATER) == []

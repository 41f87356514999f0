"""The index follows the database, whatever happens to it."""

import shutil
import threading
import time

import pytest
from django.utils import timezone

from loket.jobs import searching as jobs
from loket.library import searching
from loket.library.actions.storing import Entry
from loket.library.index import freshness, reading, store
from loket.library.models import Shelf
from tests.cast import MORNING, an_office
from tests.library.shelf import THINGS, put

pytestmark = pytest.mark.django_db


def keys(words="penduduk"):
    office = an_office(code=f"o{timezone.now().timestamp():.6f}"[-12:].replace(".", "-"))
    return [hit.key for hit in searching.search(office=office, words=words).hits]


def test_the_worker_takes_in_what_changed():
    put(*THINGS)
    assert jobs.index_due(MORNING) == ["index"]

    jobs.refresh_index("index", MORNING)

    assert jobs.index_due(MORNING) == []
    assert store.state().version == Shelf.objects.get().version


def test_one_process_writes_the_others_wait_or_leave_it():
    put(*THINGS)

    with store.writing(wait=False):
        entered = threading.Event()

        def second():
            with pytest.raises(store.Busy), store.writing(wait=False):
                pass
            entered.set()

        other = threading.Thread(target=second)
        other.start()
        other.join()

    assert entered.is_set()
    assert freshness.refresh(wait=False) == len(THINGS)


def test_a_damaged_index_is_made_again(settings):
    put(*THINGS)
    freshness.refresh()
    folder = settings.LIBRARY_INDEX / store.state().folder
    for path in folder.iterdir():
        path.write_bytes(b"broken")

    reading.reader()

    assert keys() == ["ddp24", "ddp19"]


def test_an_unreadable_pointer_is_no_index(settings):
    put(*THINGS)
    freshness.refresh()
    (settings.LIBRARY_INDEX / store.POINTER).write_text("{")

    assert keys() == ["ddp24", "ddp19"]


def test_reindexing_leaves_one_folder_and_readers_follow(settings):
    put(*THINGS)
    before = keys()
    old = store.state().folder
    (settings.LIBRARY_INDEX / "v0-left-by-a-kill").mkdir()

    freshness.reindex()

    assert keys() == before
    folders = [path.name for path in settings.LIBRARY_INDEX.iterdir() if path.is_dir()]
    assert folders == [store.state().folder] != [old]


def test_a_restored_older_database_is_indexed_anew():
    put(*THINGS)
    put(Entry(key="late", kind="table", title="Penduduk Miskin"))
    assert "late" in keys()

    # As after a restore: the items of then, the version of then.
    Shelf.objects.update(version=1)
    from loket.library.models import Item

    Item.objects.filter(key="late").delete()

    assert "late" not in keys()


def test_many_changes_are_taken_in_aside(monkeypatch, settings):
    put(*THINGS)
    freshness.refresh()
    started = []
    monkeypatch.setattr(reading, "INLINE", 0)
    monkeypatch.setattr(reading, "_refresh_aside", lambda: started.append(True))

    put(Entry(key="late", kind="table", title="Penduduk Miskin"))

    assert "late" not in keys()
    assert started


def test_the_index_of_another_database_is_not_taken_for_ones_own(settings):
    put(*THINGS)
    freshness.refresh()
    saved = settings.LIBRARY_INDEX.with_name("saved")
    shutil.copytree(settings.LIBRARY_INDEX, saved)
    Shelf.objects.update(mark="another")

    assert freshness.behind()
    assert freshness.refresh() == len(THINGS)


def test_a_search_waits_a_moment_for_the_first_index(monkeypatch):
    put(*THINGS)
    office = an_office()
    making = threading.Event()

    def make():
        with store.writing(wait=True):
            making.set()
            time.sleep(0.2)
            store.point_at(finished)

    freshness.refresh()
    finished = store.state()
    store.forget()
    other = threading.Thread(target=make)
    other.start()
    making.wait()
    found = searching.search(office=office, words="penduduk")
    other.join()

    assert found.hits
    assert not found.pending


def test_while_the_first_index_is_made_only_codes_are_known(monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_WAIT", 0.0)
    put(*THINGS, Entry("56102", "classification", "Warung makan", code="56102", version="KBLI 2020", level=5))
    office = an_office()

    with store.writing(wait=True):
        words, code = (searching.search(office=office, words=asked) for asked in ("penduduk", "56102"))

    assert (words.hits, words.pending) == ([], True)
    assert [hit.code for hit in code.hits] == ["56102"]
    assert not searching.search(office=office, words="penduduk").pending


def test_an_empty_library_is_not_being_indexed():
    assert not searching.search(office=an_office(), words="penduduk").pending

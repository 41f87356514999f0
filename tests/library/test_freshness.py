"""The index follows the database, whatever happens to it."""

import gc
import shutil
import threading
import time

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from loket.jobs import searching as jobs
from loket.library import searching
from loket.library.actions.storing import Entry
from loket.library.index import freshness, reading, store
from loket.library.models import Item, Shelf
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


def broken(*_args, **_more):
    """As the database raises it: the error goes in a circle with itself, and so keeps its frames."""
    with connection.wrap_database_errors:
        raise connection.Database.OperationalError("gone")


def one_and_then_none():
    yield Item.objects.order_by("pk").first()
    broken()


@pytest.fixture
def uncollected():
    gc.disable()
    yield
    gc.enable()


def test_after_a_broken_writing_the_next_one_begins_at_once(uncollected):
    put(*THINGS)
    index = store.open_folder(store.new_folder(), new=True)

    with pytest.raises(OperationalError):
        store.write(index, one_and_then_none(), replacing=False)

    assert store.write(index, Item.objects.order_by("pk"), replacing=False) == len(THINGS)
    index.reload()
    assert index.searcher().num_docs == len(THINGS)


def test_a_broken_making_leaves_nothing_behind(settings):
    put(*THINGS)
    freshness.refresh()

    with pytest.raises(OperationalError):
        freshness.reindex(progress=lambda items, count: one_and_then_none())

    folders = [path.name for path in settings.LIBRARY_INDEX.iterdir() if path.is_dir()]
    assert folders == [store.state().folder]


@pytest.fixture
def cannot_follow(monkeypatch):
    """An index, something newer, and a writer that fails; how often it was tried."""
    put(*THINGS)
    freshness.refresh()
    put(Entry(key="late", kind="table", title="Penduduk Miskin"))
    tries = []

    def write(*_args, **_more):
        tries.append(True)
        broken()

    monkeypatch.setattr(store, "write", write)
    return tries


def test_what_cannot_be_taken_in_keeps_no_visitor_from_what_is_there(cannot_follow, caplog, monkeypatch):
    monkeypatch.setattr(reading, "LEFT_ALONE_SECONDS", 0)

    assert [keys(), keys()] == [["ddp24", "ddp19"]] * 2

    (told,) = (record for record in caplog.records if record.name == reading.__name__)
    assert told.exc_info[0] is OperationalError
    assert len(cannot_follow) == 2


def test_the_worker_goes_on_trying_while_searches_leave_it_alone(cannot_follow, monkeypatch):
    keys()
    keys()
    assert len(cannot_follow) == 1

    with pytest.raises(OperationalError):
        jobs.refresh_index("index", MORNING)
    assert jobs.index_due(MORNING) == ["index"]
    monkeypatch.undo()
    jobs.refresh_index("index", MORNING)

    assert "late" in keys()


def test_many_changes_that_cannot_be_taken_in_are_told_once(cannot_follow, caplog, monkeypatch):
    monkeypatch.setattr(reading, "LEFT_ALONE_SECONDS", 0)
    monkeypatch.setattr(freshness, "refresh", broken)

    for _ in range(2):
        reading._refresh_aside()
        with reading._aside:
            pass

    assert len([record for record in caplog.records if record.name == reading.__name__]) == 1


def test_an_empty_library_is_not_being_indexed():
    assert not searching.search(office=an_office(), words="penduduk").pending

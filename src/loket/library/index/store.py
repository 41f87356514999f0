"""The index on disk: one folder for each making of it, and a file that names the one in use.

Everything here can be deleted at any time; it is made again from the database. Several processes of a
machine share a folder: one writes at a time, all read.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from loket.base import ids
from loket.library.index import documents
from loket.library.models import Item
from loket.library.places.names import key_of

# Counts up when documents are made in another way, so that an upgrade makes the index anew.
FORMAT = 7
POINTER = "current.json"
BLOCK_BYTES = 1024
# Memory of the writer; its least is 15 MB a thread.
WRITER_BYTES = 32_000_000


@dataclass(frozen=True)
class State:
    """Which folder is in use, for which database, and up to which version of the shelf."""

    folder: str
    mark: str
    version: int
    format: int = FORMAT


def home() -> Path:
    return Path(settings.LIBRARY_INDEX)


def state() -> State | None:
    """What is in use, or None when there is nothing that this program can read."""
    folder = str(settings.LIBRARY_INDEX)
    stamp = pointer_stamp()
    seen, found = _seen.get(folder, (None, None))
    if stamp != seen:
        found = _read_pointer(folder)
        _seen[folder] = (stamp, found)
    usable = found and found.format == FORMAT and os.path.isfile(f"{folder}/{found.folder}/meta.json")
    return found if usable else None


# Every search asks for the state: what was read of the pointer holds until the pointer is another file.
_seen: dict[str, tuple[tuple[int, int] | None, State | None]] = {}


def _read_pointer(folder: str) -> State | None:
    try:
        return State(**json.loads(Path(folder, POINTER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def pointer_stamp() -> tuple[int, int] | None:
    """Changes whenever something else is put in use; None when nothing is."""
    try:
        status = os.stat(f"{settings.LIBRARY_INDEX}/{POINTER}")
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def point_at(new: State) -> None:
    """Put the new state in use, in one step that a power cut leaves done or not done."""
    path = home() / f"{POINTER}.new"
    path.write_text(json.dumps(vars(new)), "utf-8")
    os.replace(path, home() / POINTER)


def forget() -> None:
    """Let go of an index that cannot be read; the next refresh makes a new one."""
    (home() / POINTER).unlink(missing_ok=True)


class Busy(Exception):
    """Another process writes the index just now."""


@contextmanager
def writing(*, wait: bool) -> Iterator[None]:
    """Be the only writer on this machine. Without `wait`, refuses Busy when there is another."""
    home().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home() / "writer.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Busy from None
        yield


def schema() -> Any:
    import tantivy  # loaded with the first search: eight megabytes that other pages do not need

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True)
    builder.add_text_field("text", tokenizer_name="blank", index_option="freq")
    # The title alone: where words that stand in half of all items are looked for.
    builder.add_text_field("title", tokenizer_name="blank", index_option="freq")
    builder.add_text_field("words", tokenizer_name="blank", index_option="basic")
    for name in ("kind", "version", "code", "scope", "area", "years"):
        builder.add_text_field(name, tokenizer_name="blank", index_option="basic")
    # Bytes, because a text is always put into the dictionary of words as well.
    builder.add_bytes_field("candidate", stored=True, indexed=False)
    return builder.build()


def open_folder(folder: Path, *, new: bool = False) -> Any:
    import tantivy

    if new:
        folder.mkdir(mode=0o700, parents=True)
        tantivy.Index(schema(), path=str(folder))
        _in_small_blocks(folder / "meta.json")
    index = tantivy.Index.open(str(folder))
    index.register_tokenizer("blank", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def _in_small_blocks(meta: Path) -> None:
    """Have stored candidates packed by a few: reading a hundred unpacks no more than it reads.

    The binding has no word for this setting of the engine, but the engine reads it from here.
    """
    settings = json.loads(meta.read_text("utf-8"))
    settings["index_settings"]["docstore_blocksize"] = BLOCK_BYTES
    meta.write_text(json.dumps(settings), "utf-8")


def new_folder() -> Path:
    return home() / f"v{FORMAT}-{ids.token()}"


def sweep(keep: str) -> None:
    """Delete folders that are not in use: left by a kill, or by the making before the last."""
    for path in home().iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def write(index: Any, items: Iterable[Item], *, replacing: bool) -> int:
    """Put items into the index and commit. Returns how many were looked at."""
    import tantivy

    writer = index.writer(WRITER_BYTES, 1)
    count = 0
    try:
        for item in items:
            count += 1
            if replacing:
                writer.delete_documents_by_term("id", item.pk)
            if item.status == Item.Status.PUBLISHED:
                writer.add_document(_document(tantivy, item))
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        # Both let go of the engine's lock on the folder. An exception keeps its frames, and an error of the
        # database goes in a circle with itself: until a collection nobody else could write.
        try:
            writer.wait_merging_threads()
        finally:
            del writer
    return count


def _document(tantivy: Any, item: Item) -> Any:
    parts = documents.parts_of(item)
    document = tantivy.Document()
    document.add_unsigned("id", item.pk)
    document.add_text("text", documents.searched(parts))
    document.add_text("title", " ".join(parts.title))
    document.add_text("words", documents.spelled(item, parts))
    document.add_text("kind", item.kind)
    document.add_text("version", one_word(item.version))
    document.add_text("code", item.code)
    document.add_text("scope", f"{item.scope} o{item.office_id or 0}")
    document.add_text("area", key_of(item.area))
    if item.year_from:
        first, last = item.year_from, item.year_to or item.year_from
        document.add_text("years", " ".join(str(year) for year in range(first, min(last, first + 150) + 1)))
    document.add_bytes("candidate", documents.written(item, parts).encode())
    return document


def one_word(text: str) -> str:
    """A name as one word of the index: "KBLI 2020" is kbli2020."""
    return "".join(documents.words_of(text))

"""What a file is, from its content; what may be attached is listed here and nothing else is taken."""

import zipfile
from pathlib import Path, PurePosixPath

from loket.base.text import one_line

TEXT = "text/plain"
CSV = "text/csv"
# The type, and the endings under which it may come.
ALLOWED: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    TEXT: (".txt",),
    CSV: (".csv",),
}
SIGNATURES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
ENDINGS = tuple(ending for endings in ALLOWED.values() for ending in endings)
LONGEST_NAME = 120
# The parts of a document that say what it is are small; anything larger is meant to hurt.
LARGEST_PART = 1_000_000
LOOKED_AT = 65_536


class TypeNotAllowed(Exception):
    """The content is of no type that may be attached, or its name says something else."""


def safe_name(name: str) -> str:
    """The last part of a name as people read it, without a path and without leading dots."""
    last = one_line(name).replace("\\", "/").rpartition("/")[2].strip(". ")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if stem else last[:LONGEST_NAME]


def type_of(path: Path, name: str) -> str:
    """The type of the file at `path` that came under `name`. Refuses TypeNotAllowed.

    The last ending of the name has to fit: a browser on the other side goes by it.
    """
    found = _look(path, PurePosixPath(name).suffix.lower())
    if found is None or PurePosixPath(name).suffix.lower() not in ALLOWED.get(found, ()):
        raise TypeNotAllowed(found or "unknown")
    return found


def _look(path: Path, ending: str) -> str | None:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if head.startswith(b"PK\x03\x04"):
        return _document(path)
    return _signed(head) or (_text(path, ending) if ending in (".txt", ".csv") else None)


def _signed(head: bytes) -> str | None:
    """By the signature at the very beginning: a file that begins as something else is something else."""
    if head.startswith(b"RIFF"):
        return "image/webp" if head[8:12] == b"WEBP" else None
    return next((kind for beginning, kind in SIGNATURES.items() if head.startswith(beginning)), None)


def _document(path: Path) -> str | None:
    """Office documents are ZIP files that say in one small part what they are; macros are not taken."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "[Content_Types].xml" in names:
                return _ooxml(_part(parts, "[Content_Types].xml"))
            if "mimetype" in names and not any(name.startswith("Basic/") for name in names):
                return _part(parts, "mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return None
    return None


def _part(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise ValueError(name)
    return content


def _ooxml(content_types: bytes) -> str | None:
    mains = [kind for kind in ALLOWED if kind.startswith("application/vnd.openxmlformats")]
    return next((kind for kind in mains if f"{kind}.main+xml".encode() in content_types), None)


def _text(path: Path, ending: str) -> str | None:
    """Plain text in UTF-8 or the usual Western encoding, and nothing a browser could take for a page."""
    content = path.read_bytes()
    if b"\0" in content or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if any(sign < 32 and sign not in (9, 10, 12, 13) for sign in content):
            return None
    return CSV if ending == ".csv" else TEXT

"""How many connections one process takes: each is an open file, and a system allows only so many."""

try:
    import resource
except ImportError:  # pragma: no cover - Windows counts no open files
    resource = None  # type: ignore[assignment]

# Streams are connections too: this many may be open at once in one process.
MOST = 8192
# What is open besides: four files of the database in each thread, uploads, the log.
BESIDE = 256


def connections() -> int:
    """Asks for as many open files as that takes. Usual is a thousand, though a process may have more."""
    if resource is None:
        return MOST
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted(usual, most)
    if files != usual:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return fitting(files)


def wanted(usual: int, most: int) -> int:
    """Never fewer than there are; -1 is no limit at all."""
    if usual == -1:
        return usual
    return max(usual, MOST + BESIDE if most == -1 else min(MOST + BESIDE, most))


def fitting(files: int) -> int:
    """With more, the server would try without a pause to take connections for which there is no file."""
    return MOST if files == -1 else min(MOST, max(files - BESIDE, files // 2))

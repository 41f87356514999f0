"""To whom files belong: what root writes into the folder of somebody else, only root can open afterwards."""

import os
from contextlib import suppress
from pathlib import Path

try:
    import pwd
except ImportError:  # pragma: no cover - Windows, where folders hand on who may open what is in them
    pwd = None  # type: ignore[assignment]


def name_of(path: Path) -> str:
    """For a person at a terminal."""
    try:
        number = path.stat().st_uid
    except OSError:
        return "somebody else"
    try:
        return pwd.getpwuid(number).pw_name
    except (AttributeError, KeyError):
        return str(number)


def is_lent_to_root(home: Path) -> bool:
    """Root is at work in the folder of somebody else."""
    return _is_root() and home.stat().st_uid != 0


def is_lost(path: Path, home: Path) -> bool:
    """Whoever runs the program in `home` cannot write this. Root can, but others own `home`."""
    if is_lent_to_root(home):
        return path.stat().st_uid != home.stat().st_uid
    return not os.access(path, os.R_OK | os.W_OK)


def hand_over(path: Path, home: Path) -> None:
    """What root had to make there."""
    if is_lent_to_root(home):
        of_home = home.stat()
        # Root of a container may be allowed less; the doctor will name it.
        with suppress(PermissionError):
            os.chown(path, of_home.st_uid, of_home.st_gid)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0

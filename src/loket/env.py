"""Reading settings from the environment and from LOKET_HOME/loket.env.

Each reader stops the start with a sentence that says what to write instead.
"""

import difflib
import os
import re
import secrets
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from loket import owner

# Every name that docs/operating/settings.md explains, and those that only tests and benchmarks set.
KNOWN = (
    *("LOKET_HOME", "LOKET_DATABASE", "LOKET_BASE_URL", "LOKET_HOSTS", "LOKET_TRUSTED_PROXIES"),
    *("LOKET_SECRET_KEY", "LOKET_SECRET_KEY_FILE", "LOKET_SMTP_HOST", "LOKET_SMTP_PORT", "LOKET_SMTP_USER"),
    *("LOKET_SMTP_PASSWORD", "LOKET_SMTP_STARTTLS", "LOKET_SMTP_TLS", "LOKET_MAIL_FROM"),
    *("LOKET_REQUIRE_2FA", "LOKET_THREADS", "LOKET_PAGES_AT_ONCE", "LOKET_WORKER_THREAD"),
    *("LOKET_LOG_LEVEL", "LOKET_DEMO"),
    *("LOKET_DEBUG", "LOKET_TEST_DB", "LOKET_BENCH", "LOKET_CLAMD"),
    *("LOKET_WEBAPI_URL", "LOKET_WEBAPI_KEY", "LOKET_API_PER_MINUTE", "LOKET_MAIL_LINK_DAYS"),
)

# This machine, as long as nobody says under which name others reach it.
HERE = "http://127.0.0.1:{port}"


class SettingWrong(Exception):
    """A setting has a value the program cannot use; the text says which and what to write."""


def home() -> Path:
    """The one folder that holds all state; made when absent, readable by its owner only."""
    path = Path(os.environ.get("LOKET_HOME") or "var").absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingWrong(f"LOKET_HOME={path}: name a folder that can be made ({error.strerror}).") from None
    if not os.access(path, os.X_OK):
        whose = owner.name_of(path)
        raise SettingWrong(
            f"LOKET_HOME={path} belongs to {whose}, and this user may not look into it: run loket as {whose}."
        )
    return path


def check_names() -> None:
    """A misspelt name would pass in silence, and the program run with a default nobody wanted."""
    for name in sorted(os.environ):
        if name.startswith("LOKET_"):
            _check_known(name, "The environment")


def load_file(path: Path) -> None:
    """Take NAME=value lines; what the environment already says wins."""
    if not path.exists():
        return
    # Some editors begin a file with a mark that nobody sees.
    content = _content(path, "The settings").removeprefix("\ufeff")
    for number, line in enumerate(content.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, sign, value = line.partition("=")
        if not sign or not name.strip().startswith("LOKET_"):
            raise SettingWrong(f"{path} line {number}: write LOKET_NAME=value, found {line!r}.")
        _check_known(name.strip(), f"{path} line {number}")
        if name.strip() == "LOKET_HOME":
            raise SettingWrong(f"{path} line {number}: LOKET_HOME says where this file lies; set it outside.")
        os.environ.setdefault(name.strip(), _unquoted(value.strip()))


def _unquoted(value: str) -> str:
    """A quote at one end alone belongs to the value."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _content(path: Path, what: str) -> str:
    try:
        return path.read_text("utf-8")
    except PermissionError:
        whose = owner.name_of(path)
        raise SettingWrong(f"{what} in {path} may not be read by this user; it belongs to {whose}.") from None
    except OSError as error:
        raise SettingWrong(f"{what} in {path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise SettingWrong(f"{what} in {path} cannot be read: save the file as UTF-8.") from None


def _check_known(name: str, place: str) -> None:
    if name not in KNOWN:
        nearest = difflib.get_close_matches(name, KNOWN, n=1)
        hint = f"; did you mean {nearest[0]}?" if nearest else "; docs/operating/settings.md lists all."
        raise SettingWrong(f"{place}: there is no setting {name}{hint}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    value = (os.environ.get(name) or default).upper()
    if value not in among:
        raise SettingWrong(f"{name}={value!r}: write one of {', '.join(among)}.")
    return value


def boolean(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value == "":
        return default
    if value in ("1", "yes", "true", "on"):
        return True
    if value in ("0", "no", "false", "off"):
        return False
    raise SettingWrong(f"{name}={value!r}: write yes or no.")


def integer(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, "")
    if value == "":
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingWrong(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def sender(name: str, default: str) -> str:
    """One address, alone or behind a name: PST <pst@kantor.example>."""
    value = text(name, default).strip()
    addresses = [address for _, address in getaddresses([value])]
    closed = ("<" in value) == value.endswith(">")
    if not closed or len(addresses) != 1 or not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", addresses[0]):
        raise SettingWrong(f"{name}={value!r}: write an e-mail address, or NAME <ADDRESS>.")
    return value


def secret(name: str, path: Path) -> str:
    """The secret itself, or from NAME_FILE, or kept in `path` (0600), made on first use."""
    if os.environ.get(name):
        return os.environ[name]
    given = os.environ.get(f"{name}_FILE")
    if given:
        return _kept(Path(given), f"{name}_FILE: the secret", "write the key into it")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept(path, "The secret", "put its copy back, or remove it and a new one is made")
    except OSError as error:
        raise SettingWrong(f"{path} cannot be written ({error.strerror}); see LOKET_HOME.") from None
    made = secrets.token_urlsafe(50)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(made)
    except OSError as error:
        path.unlink()
        raise SettingWrong(f"{path} cannot be written ({error.strerror}); see LOKET_HOME.") from None
    owner.hand_over(path, path.parent)
    return made


def _kept(path: Path, what: str, otherwise: str) -> str:
    if not (kept := _content(path, what).strip()):
        raise SettingWrong(f"{what} in {path} is empty: {otherwise}.")
    return kept


def database(name: str, folder: Path) -> dict:
    """`sqlite` (the default, one file under LOKET_HOME) or postgresql://user:password@host:port/name."""
    address = text(name, "sqlite")
    if address == "sqlite":
        return {
            "ENGINE": "loket.base.sqlite",
            "NAME": str(folder / "loket.sqlite3"),
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": str(folder / "test.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a number printed before a power cut is still there after it.
                # A connection forgets its pages when another one writes, so it keeps few (4 MB); pages wait
                # in the log for a while (16 MB) before they are copied, which holds up who writes then.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;",
            },
        }
    wrong = SettingWrong(
        f"{name}: write sqlite, or postgresql://user:password@host:5432/database; in the password write"
        " % as %25, / as %2F, # as %23, ? as %3F, @ as %40 and : as %3A."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/") or parts.fragment:
        raise wrong
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "loket.base.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Several test runs may share one server.
        "TEST": {"NAME": f"test_{text('LOKET_TEST_DB', 'loket')}"},
        # A machine that does not say no would hold up the start, and each page, for two minutes.
        "OPTIONS": {"connect_timeout": 10} | options,
    }

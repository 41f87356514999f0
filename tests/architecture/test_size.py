"""A file that passes three hundred lines has a second subject in it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST = 300


def test_no_file_is_too_long():
    files = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".html", ".js")]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if "migrations" not in path.parts and (lines := len(path.read_text("utf-8").splitlines())) > MOST
    }

    assert long == {}

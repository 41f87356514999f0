"""Files as people pass them around: what fits is taken over, what does not is told with row and reason."""

import json
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from loket import cli
from loket.library.actions.storing import Entry, Refusal
from loket.library.importing import classifications, lists
from loket.library.importing.classifications import FileWrong
from loket.library.models import Item
from tests.cast import an_office
from tests.forks import Fork
from tests.library.shelf import put
from tests.migrated import empty_home
from tests.served import Served

SAMPLES = Path(__file__).parent / "samples"


def read(reader, name, **more):
    _, rows = reader(SAMPLES / name, **more)
    return put(*rows, source=more.get("source", "csv"))


def refused(outcome):
    return {each.row: each.reason for each in outcome.refused}


@pytest.mark.django_db
def test_a_classification_in_json():
    outcome = read(classifications.read_json, "kbli.json", source="kbli2025")

    items = {item.code: item for item in Item.objects.order_by("pk")}
    assert list(items) == ["G", "47", "4711", "47111"]
    assert (items["47111"].version, items["47111"].level, items["47111"].parent_code) == (
        "KBLI 2025",
        5,
        "4711",
    )
    assert (items["47"].parent_code, items["G"].level) == ("", 1)
    assert list(refused(outcome)) == ["5", "6", "7", "8", "9"]
    assert "twice" in refused(outcome)["5"]


def test_tags_in_a_classification_are_left_out(tmp_path):
    path = tmp_path / "kbli.json"
    path.write_text('[{"code": "7911", "title": "Agen", "description": "daring (<i>online</i>)"}]')

    _, rows = classifications.read_json(path, source="kbli2025")

    assert [entry.body for entry in rows] == ["daring (online)"]


@pytest.mark.django_db
def test_the_classification_of_jobs_has_no_fifth_level():
    outcome = read(classifications.read_csv, "kbji.csv", source="kbji2014")

    parents = dict(Item.objects.order_by("code").values_list("code", "parent_code"))
    assert parents == {"7": "", "72": "7", "723": "72", "7231": "723", "723101": "7231"}
    assert Item.objects.get(code="723101").body == "Jabatan contoh, dengan koma"
    assert list(refused(outcome)) == ["6"]


@pytest.mark.django_db
def test_an_offices_own_list_in_its_own_words():
    office = an_office()

    outcome = read(lists.read, "list.csv", office=office)

    book = Item.objects.get(key="p1")
    assert (book.kind, book.scope, book.office, book.year_from) == ("publication", "office", office, 2024)
    assert Item.objects.get(key="p2").scope == "nation"
    reasons = refused(outcome)
    assert list(reasons) == ["4", "5", "6", "7", "8"]
    assert "roman" in reasons["4"]
    assert "https://" in reasons["6"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "judul,isi\na,b\n", "\x00\x01", 'key,kind,title\n"a,table'])
def test_a_file_that_is_something_else_is_refused_or_has_nothing(text):
    try:
        _, rows = lists.read_text(text)
    except FileWrong:
        return
    assert put(*rows).added == 0


def test_a_classification_that_is_something_else_is_refused(tmp_path):
    for content in (b"{", b"{}", b"\xff\xfe\x00", b"[" * 200_000):
        (tmp_path / "file.json").write_bytes(content)

        with pytest.raises(FileWrong):
            classifications.read_json(tmp_path / "file.json", source="kbli2020")


LONG = "1" * 5_000  # more digits than Python takes for a number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "updated_at", "reason"),
    [
        (LONG, "", f"{LONG[:39]}… is not a year"),
        ("", LONG, f"{LONG[:39]}… is not a date such as 2026-01-05"),
        ("", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00 is not a date such as 2026-01-05"),
        ("", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00 is not a date such as 2026-01-05"),
        ("", "1900-01-01T00:00:00+07:00", "1900-01-01T00:00:00+07:00 is not a date such as 2026-01-05"),
        ("", "2101-01-01", "2101-01-01 is not a date such as 2026-01-05"),
    ],
)
def test_a_year_or_date_that_cannot_be_costs_its_row_only(year, updated_at, reason):
    heading, right = "key,kind,title,year,updated_at", "b,table,B,2024,2100-12-31T23:59:59Z"

    _, rows = lists.read_text(f"{heading}\na,table,A,{year},{updated_at}\n{right}\n")
    outcome = put(*rows)

    assert refused(outcome) == {"2": reason}
    assert Item.objects.get().updated_at.year == 2100


def test_a_code_of_thousands_of_digits_costs_its_row_only(tmp_path):
    path = tmp_path / "kbli.json"
    path.write_text(f'[{{"code": {LONG}, "title": "A"}}, {{"code": "7911", "title": "Agen"}}]')

    _, rows = classifications.read_json(path, source="kbli2025")

    assert [type(row) for row in rows] == [Refusal, Entry]


def test_half_a_letter_costs_its_row_only(tmp_path):
    rows = [{"code": "01", "title": "x\ud800", "desc": ""}, {"code": "02", "title": "Padi", "desc": ""}]
    (tmp_path / "file.json").write_text(json.dumps(rows))

    _, found = classifications.read_json(tmp_path / "file.json", source="kbli2020")

    assert [type(each) for each in found] == [Refusal, Entry]


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("file.json", "[]", partial(classifications.read_json, source="kbli2020")),
        ("file.csv", "", partial(classifications.read_csv, source="kbji2014")),
        ("file.csv", "golongan,code,title,desc\n", partial(classifications.read_csv, source="kbji2014")),
        ("file.csv", "\n\n", lists.read),
        ("file.csv", "key,kind,title\n\n", lists.read),
    ],
)
def test_a_file_without_rows_is_refused(tmp_path, name, content, reader):
    (tmp_path / name).write_text(content)

    with pytest.raises(FileWrong, match=r"empty|no row"):
        reader(tmp_path / name)


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["[]", '[{"code": "x1", "title": "", "desc": ""}]'])
def test_the_command_refuses_what_brings_nothing(tmp_path, capsys, content):
    file = tmp_path / "codes.json"
    file.write_text(content)

    assert cli.main(["library", "import", "kbli2020", str(file)]) == 1

    assert "Nothing was taken over" in capsys.readouterr().err


@pytest.mark.drill
def test_an_import_that_is_killed_is_completed_by_the_next(tmp_path):
    rows = [{"code": f"{number:05}", "title": f"Kode {number}", "desc": "Contoh"} for number in range(3000)]
    (tmp_path / "codes.json").write_text(json.dumps(rows))
    shutil.copytree(empty_home(), tmp_path / "home")
    served = Served(tmp_path / "home")

    def count():
        database = sqlite3.connect(f"file:{tmp_path / 'home' / 'loket.sqlite3'}?mode=ro", uri=True)
        with closing(database) as connection:
            return connection.execute("SELECT COUNT(*) FROM library_item").fetchone()[0]

    words = ("library", "import", "kbli2020", str(tmp_path / "codes.json"), "--json")
    first = Fork("loket", *words, environment=served.environment)
    until = time.monotonic() + 30
    while (stored := count()) == 0:
        assert time.monotonic() < until
        time.sleep(0.002)
    first.send_signal(signal.SIGKILL)
    first.wait()

    answer = json.loads(served.command(*words).stdout)
    assert stored > 0
    assert (answer["added"] + answer["unchanged"], answer["changed"], answer["refused"]) == (3000, 0, [])
    assert count() == 3000

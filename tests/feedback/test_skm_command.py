"""loket skm compute: files as offices have them, and files that are wrong."""

import json

import pytest

from loket.cli import main

HEADER = ",".join(f"U{number}" for number in range(1, 10))


@pytest.fixture
def compute(tmp_path, capsys):
    """Compute a file with this text: exit code, standard output, standard error."""

    def run(text: str, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "skm.csv"
        file.write_text(text, encoding="utf-8")
        code = main(["skm", "compute", str(file), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def table(columns: list[int]) -> str:
    """Twenty respondents whose answers add up to these sums."""
    names = ",".join(f"U{number}" for number in range(1, len(columns) + 1))
    each = [[4] * (total - 60) + [3] * (80 - total) for total in columns]
    return "\n".join([names, *(",".join(map(str, row)) for row in zip(*each, strict=True))])


def test_a_published_table_in_json(compute):
    code, out, err = compute(table([74, 76, 60]), "--weight", "0.33", "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == ["n", "nrr", "index", "ikm", "grade", "rule"]
    assert (found["n"], found["nrr"]) == (20, {"U1": 3.7, "U2": 3.8, "U3": 3.0})
    assert (f"{found['index']:.2f}", found["ikm"], found["grade"]) == ("3.47", 86.63, "B")
    assert found["rule"] == "0.33"


@pytest.mark.parametrize(
    ("options", "ikm"), [([], 100.0), (["--weight", "0.111"], 99.9), (["--weight", "0.11"], 99.0)]
)
def test_each_weight_rule(compute, options, ikm):
    row = ",".join("4" * 9)

    _, out, _ = compute("\n".join([HEADER, *[row] * 12]), "--json", *options)

    assert json.loads(out)["ikm"] == ikm


def test_in_words_missing_answers_are_told(compute):
    code, out, _ = compute("U1;U2\n4;\n2;3\n")

    assert code == 0
    assert out.splitlines() == [
        "2 respondents", "U1: 3.00", "U2: 3.00 (1 missing)", "Weight: exact (1/2)", "Index: 3.00",
        "IKM: 75.00, belum cukup",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffU1,U2\n4,3\n2,3\n",
        "U1;U2\r\n4;3\r\n2;3\r\n",
        "U1\tU2\n4\t3\n2\t3\n",
        "U1,U2\r4,3\r2,3",
        '"U1","U2"\n"4","3"\n"2","3"\n',
        " u1 , U2 \n 4 ,3 \n2,\u00a03\n",
        "U2,U1\n3,4\n3,2\n",
        "U1,U2\n\n4,3\n   \n,\n2,3\n\n",
        "U1;U2;;\n4;3;;\n2;3;;\n;;;\n",
        "U1;U2\n4;3;\n2;3;\n",
    ],
)
def test_files_as_spreadsheets_write_them(compute, text):
    code, out, _ = compute(text, "--json")

    found = json.loads(out)
    assert (code, found["n"], found["nrr"], found["ikm"]) == (0, 2, {"U1": 3.0, "U2": 3.0}, 75.0)


@pytest.mark.parametrize(
    ("elements", "weight", "ikm"),
    [
        (14, "exact", 100.0),
        (14, "0.071", 99.4),
        (14, "0.0714", 99.96),
        (1, "exact", 100.0),
        (16, "0.0625", 100.0),
    ],
)
def test_any_number_of_elements_with_its_weight(compute, elements, weight, ikm):
    names = ",".join(f"U{number}" for number in range(1, elements + 1))
    row = ",".join("4" * elements)

    code, out, _ = compute("\n".join([names, *[row] * 10]), "--weight", weight, "--json")

    found = json.loads(out)
    assert (code, found["n"], found["ikm"], found["rule"]) == (0, 10, ikm, weight)
    assert list(found["nrr"]) == names.split(",")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("U1;U2\n4;3,5\n", "Row 2, column U2: '3,5' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4,3.0\n", "Row 2, column U2: '3.0' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4,３\n", "Row 2, column U2: '３' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4,-1\n", "Row 2, column U2: '-1' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4,3,2\n", "Row 2: 3 cells, expected 2."),
        ("No,U1\n1,3\n", "Row 1, column 1: 'No' is not one of U1, U2, U3 and so on."),
        ("U1,,U2\n4,,3\n", "Row 1, column 2: '' is not one of U1, U2, U3 and so on."),
        ("U0,U1\n4,3\n", "Row 1, column 1: 'U0' is not one of U1, U2, U3 and so on."),
        ("U1,U2\n4,5\n", "Row 2, column U2: '5' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4,3\n\n4,baik\n", "Row 4, column U2: 'baik' is not 1, 2, 3, 4 or empty."),
        ("U2,U1\n4,0\n", "Row 2, column U1: '0' is not 1, 2, 3, 4 or empty."),
        ("U1,U2\n4\n", "Row 2: 1 cells, expected 2."),
        ("U1,nama\n4,3\n", "Row 1, column 2: 'nama' is not one of U1, U2, U3 and so on."),
        ("U1,U1\n4,3\n", "Row 1, column 2: U1 is there twice."),
        ("U1,U3\n4,3\n", "Row 1: U2 is missing; columns are U1 to U2 without a gap."),
        ("U1,U2\n", "There is no answer in the file."),
        ("", "Row 1 has to name the columns U1, U2, U3 and so on."),
        ("U1,U2\n4,\n", "Nobody answered U2, so there is no index; take its column out."),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(compute, text, said):
    code, out, err = compute(text)

    assert (code, out, err) == (1, "", said + "\n")


def test_what_is_no_csv_is_refused(tmp_path, capsys):
    file = tmp_path / "skm.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe\x00")

    assert main(["skm", "compute", str(file)]) == 1
    assert main(["skm", "compute", str(tmp_path / "none.csv")]) == 1
    assert "CSV" in capsys.readouterr().err


@pytest.mark.parametrize("weight", ["1/9", "0", "2", "x"])
def test_what_is_no_weight_is_wrong_usage(compute, weight):
    with pytest.raises(SystemExit) as left:
        compute(HEADER, "--weight", weight)

    assert left.value.code == 2

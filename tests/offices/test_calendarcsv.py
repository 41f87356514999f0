"""National days from a CSV file."""

from datetime import date
from pathlib import Path

import pytest

from loket.offices.calendarcsv import CsvWrong, read_proposals
from loket.offices.proposals import proposal
from loket.rules.calendarparts import Reason, YearStatus

SAMPLE = """date,dow,kind,name_holidays_0.109,in_SKB,in_holidays_lib
2026-01-01,Thu,nasional,Tahun Baru Masehi,1,1
2026-02-16,Mon,cuti_bersama,Cuti Bersama Tahun Baru Imlek,1,1
2024-02-14,Wed,nasional,Hari Pemilihan Umum,0,1
"""
# A list of 2024 to 2026 checked against the decrees, kept beside the repository where there is one.
CHECKED = Path(__file__).parents[2].parent / "shared/data/holidays/id_2024_2026.csv"


def read(text: str, **options):
    return read_proposals(text.splitlines(keepends=True), **options)


def test_a_file_becomes_one_proposal_a_year():
    of_2024, of_2026 = read(SAMPLE)

    assert [(closed.day, closed.kind) for closed in of_2026.days] == [
        (date(2026, 1, 1), Reason.NATIONAL),
        (date(2026, 2, 16), Reason.JOINT_LEAVE),
    ]
    assert of_2024.days[0].kind is Reason.ELECTION
    assert of_2026.year.source == "SKB 1497/2/5-2025"


def test_a_year_counts_as_decreed_when_its_decree_is_named():
    line = "date,kind,name\n2030-01-01,national,Tahun Baru\n"

    assert read(line)[0].year.status is YearStatus.ESTIMATED
    named = read(line, source="SKB 1/2/3-2029")[0]
    assert named.year.status is YearStatus.DECREED
    assert named.days[0].source == "SKB 1/2/3-2029"


def test_the_shipped_years_equal_the_checked_list():
    lines = CHECKED.read_text("utf-8") if CHECKED.exists() else None
    for proposed in read(lines or SAMPLE):
        shipped = {(closed.day, closed.kind) for closed in proposal(proposed.year.year).days}
        listed = {(closed.day, closed.kind) for closed in proposed.days}
        # The sample has a few days of each year, the checked list all of them.
        assert listed == shipped if lines else listed <= shipped


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("", 1, "date"),
        ("date,kind\n", 1, "name"),
        ("date,name\n", 1, "kind"),
        ("date,kind,name\n", 1, "date"),
        ("date,kind,name\n2026-02-30,national,x\n", 2, "date"),
        ("date,kind,name\n,national,x\n", 2, "date"),
        ("date,kind,name\n2026-01-01,libur,x\n", 2, "kind"),
        ("date,kind,name\n2026-01-01\n", 2, "kind"),
        ("date,kind,name\n2026-01-01,national,\n", 2, "name"),
        ("date,kind,name\n2026-01-01,national," + "x" * 121 + "\n", 2, "name"),
        ("date,kind,name\n2026-01-01,national,a\u202eb\n", 2, "name"),
        ("date,kind,name\n2026-01-01,national,x\n2026-01-01,national,y\n", 3, "date"),
        ('date,kind,name\n2026-01-01,national,a\n2026-01-02,national,"x"y\n', 3, "line"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_field(text, line, field):
    with pytest.raises(CsvWrong) as refused:
        read(text)

    assert (refused.value.line, refused.value.field) == (line, field)
    assert refused.value.expected

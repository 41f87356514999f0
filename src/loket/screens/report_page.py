"""Sections of a report as templates show them: cells as text, charts drawn for wide and narrow screens."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString

from loket.reports import files, wording
from loket.reports.charts import NARROW, WIDE, draw
from loket.reports.making import Report
from loket.reports.report import Section

BAR_WIDTH = 100


@dataclass(frozen=True)
class Row:
    """Cells as text with whether they are numbers; how long the bar is, None where there is none."""

    cells: list[tuple[str, bool]]
    bar: float | None


@dataclass(frozen=True)
class Shown:
    section: Section
    # Title and whether it is a number, for each column.
    heads: list[tuple[str, bool]]
    rows: list[Row]
    wide: str
    narrow: str


def shown(section: Section) -> Shown:
    columns = section.table.columns
    numbers = [column.kind not in ("text", "day", "time") for column in columns]
    cells = [
        [(wording.cell(*pair), number) for *pair, number in zip(columns, row, numbers, strict=True)]
        for row in section.table.rows
    ]
    bars = (
        [round(BAR_WIDTH * share, 1) for share in section.shares()] if section.bars else [None] * len(cells)
    )
    heads = [(column.title, number) for column, number in zip(columns, numbers, strict=True)]
    rows = [Row(*each) for each in zip(cells, bars, strict=True)]
    return Shown(section, heads, rows, _drawn(section, WIDE), _drawn(section, NARROW))


def _drawn(section: Section, width: int) -> Any:
    """`draw` escapes every text it puts into the picture."""
    if section.chart is None:
        return ""
    return SafeString(draw(section.chart, width=width, key=f"{section.key}-{width}-"))


def attached(report: Report, form: str, section: str) -> HttpResponse:
    """The report as a file, or one of its sections as CSV."""
    if section and (form != "csv" or section not in {each.key for each in report.sections}):
        raise Http404
    content = files.as_csv(report, section) if section else files.write(report, form)
    name = files.name(report, form, section)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=files.TYPES[form], headers=headers)

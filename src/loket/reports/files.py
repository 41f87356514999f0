"""A report as a file: JSON and CSV for programs, a workbook for officials, a PDF to be signed."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.base.exports import csvfile, pdf, workbook
from loket.base.exports.columns import Column, Table, codebook, plain
from loket.offices.explaining import wall
from loket.reports import wording
from loket.reports.charts import draw
from loket.reports.making import Report
from loket.reports.report import Section

TYPES = {
    "pdf": "application/pdf",
    "xlsx": workbook.TYPE,
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def name(report: Report, kind: str, section: str = "") -> str:
    """laporan-3574-2026-11.pdf"""
    parts = ["laporan", report.office.code, report.period.text.replace("..", "_"), section]
    return f"{'-'.join(part for part in parts if part)}.{kind}"


def write(report: Report, kind: str) -> bytes:
    """The file's content; `kind` is a key of TYPES."""
    writers: dict[str, Callable[[Report], bytes]] = {
        "pdf": as_pdf, "xlsx": as_workbook, "csv": as_csv, "json": as_json,
    }  # fmt: skip
    return writers[kind](report)


def as_json(report: Report) -> bytes:
    document = {
        "office": report.office.code,
        "period": report.period.text,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "generated_at": report.at.isoformat(),
        "working_days": report.working_days,
        "figures": {card.key: card.raw for card in report.cards},
        "sections": {section.key: _section(section) for section in report.sections},
        "remarks": list(report.remarks),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _section(section: Section) -> dict[str, Any]:
    columns = section.table.columns
    rows = [
        {column.key: plain(column.kind, value) for column, value in zip(columns, row, strict=True)}
        for row in section.table.rows
    ]
    return {"title": section.title, "rows": rows}


def as_csv(report: Report, section: str = "") -> bytes:
    """One section as it stands; without a name all of them, one value a row."""
    for each in report.sections:
        if each.key == section:
            return b"".join(csvfile.write(each.table))
    columns = [
        Column("section", "section"),
        Column("row", "row"),
        Column("column", "column"),
        Column("value", "value"),
    ]
    return b"".join(csvfile.write(Table("report", columns, _values(report))))


def _values(report: Report) -> Iterator[tuple]:
    for card in report.cards:
        yield "figures", card.key, "value", card.raw
    for section in report.sections:
        for row in section.table.rows:
            first = plain(section.table.columns[0].kind, row[0])
            for column, value in zip(section.table.columns[1:], row[1:], strict=True):
                yield section.key, str(first), column.key, plain(column.kind, value)


def as_workbook(report: Report) -> bytes:
    buffer = io.BytesIO()
    title = f"{report.office.name}, {report.title}"
    workbook.write(
        buffer, [_figures(report), *_tables(report), _meanings(report)], title=title, zone=report.office.tz
    )
    return buffer.getvalue()


def _figures(report: Report) -> Table:
    columns = [
        Column("label", _("Figure"), width=40),
        Column("value", _("Value"), "number"),
        Column("unit", _("Unit"), width=12),
        Column("before", _("Period before"), width=48),
        Column("meaning", _("Meaning"), width=90),
    ]
    rows = [(card.label, card.raw, card.unit, card.before, card.meaning) for card in report.cards]
    return Table(_("Six figures"), columns, rows)


def _tables(report: Report) -> Iterator[Table]:
    """Two sections of one name would be one sheet."""
    for section in report.sections:
        yield section.table


def _meanings(report: Report) -> Table:
    columns = [
        Column(f"{section.key}.{column.key}", f"{section.title}: {column.title}", meaning=section.meaning)
        for section in report.sections
        for column in section.table.columns
    ]
    book = codebook(columns, key=_("Column"), title=_("Title"), meaning=_("Meaning"), codes=_("Codes"))
    return Table(_("Codebook"), book.columns, book.rows)


def as_pdf(report: Report) -> bytes:
    office = report.office
    data = {
        "office": office.name,
        "unit": office.unit,
        "heading": report.title,
        "summary": report.summary,
        "made": _("Made on %(when)s") % {"when": wall(office, report.at)},
        "days": _working_days(report),
        "cards": [
            {
                "label": card.label,
                "value": card.value,
                "unit": card.unit,
                "before": card.before,
                "tone": card.tone,
            }
            for card in report.cards
        ],
        "sections": [_printed(section, number) for number, section in enumerate(report.sections)],
        "remarks": list(report.remarks),
        "sign": _("Seen by the head of %(office)s") % {"office": office.short_name},
        "meanings_title": _("What the figures mean"),
    }
    title = _("Report of %(office)s, %(period)s") % {"office": office.short_name, "period": report.title}
    return pdf.make("report", data, title=title, language=(get_language() or "id")[:2], at=report.at)


def _working_days(report: Report) -> str:
    if report.working_days is None:
        return ""
    return _("%(days)s working days") % {"days": report.working_days}


def _printed(section: Section, number: int) -> dict[str, Any]:
    columns = section.table.columns
    return {
        "title": section.title,
        "meaning": section.meaning,
        "note": section.note,
        "chart": draw(section.chart, key=f"c{number}") if section.chart else None,
        "alt": f"{section.chart.title}. {section.chart.description}" if section.chart else "",
        "bars": section.shares() if section.bars else [],
        "heads": [column.title for column in columns],
        "numbers": [column.kind not in ("text", "day", "time") for column in columns],
        "rows": [
            [wording.cell(column, value) for column, value in zip(columns, row, strict=True)]
            for row in section.table.rows
        ],
    }

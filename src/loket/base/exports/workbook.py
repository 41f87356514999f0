"""XLSX workbooks: typed cells, nothing evaluates, a header that stays, filters; however many rows,
the memory is that of a hundred (docs/decisions/0035-own-workbooks.md)."""

import re
from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from loket.base.exports.columns import Kind, Table
from loket.base.exports.sheets import KINDS, SPREADSHEET, Sheet, TooManyRows, letters_of

__all__ = ["TooManyRows", "write"]

LONGEST_NAME = 31
# Characters that no XML holds, and those that a sheet's name may not have besides.
_NOT_IN_XML = r"\x00-\x1f\ud800-\udfff\ufffe\uffff"
_ODD = re.compile(f"[{_NOT_IN_XML}]")
_NOT_IN_NAMES = re.compile(rf"[\[\]:*?/\\{_NOT_IN_XML}]")
FORMATS: dict[Kind, str] = {
    "text": "@",
    "whole": "#,##0",
    "number": "#,##0.00",
    "percent": '0.0" %"',
    "minutes": "0.0",
    "day": "dd/mm/yyyy",
    "time": "dd/mm/yyyy hh:mm:ss",
    "yes_no": "0",
}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Every file has the same time in the archive, so that the same rows make the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def write(target: IO[bytes] | str, tables: Iterable[Table], *, title: str, zone: ZoneInfo) -> None:
    """One sheet for each table. Times are shown on the clock of `zone`, for cells know no zones.

    Refuses TooManyRows.
    """
    written: list[tuple[str, Table, Sheet]] = []
    with ZipFile(target, "w") as archive:
        for number, table in enumerate(tables, start=1):
            sheet = Sheet(table, zone)
            with archive.open(_file(f"xl/worksheets/sheet{number}.xml"), "w") as file:
                for part in sheet.parts():
                    file.write(part.encode())
            written.append((_name(table.name, [name for name, _, _ in written]), table, sheet))
        for name, content in _files(written, title):
            archive.writestr(_file(name), content)


def _file(name: str) -> ZipInfo:
    file = ZipInfo(name, NO_TIME)
    file.compress_type = ZIP_DEFLATED
    return file


def _name(wanted: str, taken: list[str]) -> str:
    """A name that a sheet may have and that no other sheet has."""
    allowed = _NOT_IN_NAMES.sub(" ", wanted).strip("'")[:LONGEST_NAME] or "1"
    name, number = allowed, 1
    while name.casefold() in map(str.casefold, taken):
        number += 1
        name = f"{allowed[: LONGEST_NAME - 4]} {number}"
    return name


def _files(sheets: list[tuple[str, Table, Sheet]], title: str) -> Iterator[tuple[str, str]]:
    """Everything beside the sheets themselves."""
    places = range(1, len(sheets) + 1)
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {
        "/xl/workbook.xml": f"{main}.sheet.main+xml",
        "/xl/styles.xml": f"{main}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    } | {f"/xl/worksheets/sheet{place}.xml": f"{main}.worksheet+xml" for place in places}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
    )
    yield (
        "_rels/.rels",
        _relations(
            [
                (f"{OFFICE}/relationships/officeDocument", "xl/workbook.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
            ]
        ),
    )
    leads = [(f"{OFFICE}/relationships/worksheet", f"worksheets/sheet{place}.xml") for place in places]
    leads.append((f"{OFFICE}/relationships/styles", "styles.xml"))
    yield "xl/_rels/workbook.xml.rels", _relations(leads)
    yield "xl/workbook.xml", _book(sheets)
    yield "xl/styles.xml", _styles()
    yield (
        "docProps/core.xml",
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_ODD.sub(" ", title))}</dc:title>'
        "</cp:coreProperties>",
    )
    yield (
        "docProps/app.xml",
        f'{XML}<Properties xmlns="{OFFICE}/extended-properties"><Application>Loket</Application>'
        "<Company>Loket</Company></Properties>",
    )


def _relations(leads: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(leads, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _book(sheets: list[tuple[str, Table, Sheet]]) -> str:
    listed, filters = [], []
    for place, (name, table, sheet) in enumerate(sheets):
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{place + 1}" r:id="rId{place + 1}"/>')
        quoted = escape(name.replace("'", "''"))
        area = f"$A$1:${letters_of(len(table.columns) - 1)}${sheet.last}"
        filters.append(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
            f"'{quoted}'!{area}</definedName>"
        )
    return (
        f'{XML}<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}/relationships">'
        f"<bookViews><workbookView/></bookViews><sheets>{''.join(listed)}</sheets>"
        f"<definedNames>{''.join(filters)}</definedNames></workbook>"
    )


def _styles() -> str:
    """Style 0 is nobody's, then one for each kind in the order of KINDS, then the heading's."""
    # Numbers below 164 are the format's own.
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(FORMATS[kind])}/>'
        for number, kind in enumerate(KINDS, start=164)
    )
    top = '<alignment vertical="top"/>'
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        f' applyAlignment="1">{top}</xf>'
        for number in range(164, 164 + len(KINDS))
    )
    return (
        f'{XML}<styleSheet xmlns="{SPREADSHEET}"><numFmts count="{len(KINDS)}">{formats}</numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill'
        ' patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFE8EFF5"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/>'
        '<top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(KINDS) + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'{cells}<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1"'
        ' applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )

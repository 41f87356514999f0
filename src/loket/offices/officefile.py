"""An office file (TOML) as one checked value; nothing is written before all of it is right."""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from loket.offices.calendars import read_section
from loket.offices.limits import LimitWrong, limits_from
from loket.offices.models import ZONES
from loket.offices.reading import FieldWrong, Table, line_of
from loket.offices.standardfile import read_standard
from loket.rules.calendarparts import CalendarWrong

# An office's code is the first word of its addresses; these words are taken.
RESERVED = ("admin", "akun", "api", "demo", "healthz", "metrics", "readyz", "static")


class OfficeFileWrong(Exception):
    """The file is refused whole; `line`, `field` and what was `expected` there."""

    def __init__(self, line: int, field: str, expected: str):
        place = f"line {line}, {field}" if field else f"line {line}"
        super().__init__(f"{place}: expected {expected}")
        self.line, self.field, self.expected = line, field, expected


@dataclass(frozen=True)
class ServiceEntry:
    code: str
    letter: str
    name_id: str
    name_en: str
    usual_minutes: int


@dataclass(frozen=True)
class CounterEntry:
    number: int
    services: list[str]


@dataclass(frozen=True)
class OfficeFile:
    """What the file says, with the names of the models' columns."""

    fields: dict[str, Any]
    # From the nation down, the nearest last: code, name, unit, zone.
    parents: list[dict[str, str]]
    services: list[ServiceEntry]
    counters: list[CounterEntry]
    limits: dict[str, Any]
    calendar: dict[str, Any]
    decree: str
    standard: dict[str, Any] = field(default_factory=dict)


def read(source: str) -> OfficeFile:
    """Read and check the text of an office file. Refuses OfficeFileWrong."""
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise OfficeFileWrong(_toml_line(source, str(error)), "", f"TOML ({error})") from None
    try:
        return _read_office(Table("", values))
    except FieldWrong as wrong:
        raise OfficeFileWrong(line_of(source, wrong.field), wrong.field, wrong.expected) from None


def _toml_line(source: str, complaint: str) -> int:
    found = re.search(r"at line (\d+)", complaint)
    return int(found[1]) if found else source.count("\n") + 1


def _read_office(table: Table) -> OfficeFile:
    fields: dict[str, Any] = {
        "code": _code(table),
        "name": table.text("name", most=120),
        "unit": table.text("unit", most=120),
        "zone": _zone(table),
        "address": table.text("address"),
        "phone": table.text("phone", most=40, optional=True),
        "website": table.text("website", most=120, optional=True),
        "email": _email(table),
        "example": table.flag("example", default=False),
    }
    parents = [_parent(entry) for entry in table.tables("parents", least=0)]
    codes = [fields["code"], *(parent["code"] for parent in parents)]
    if len(set(codes)) != len(codes):
        raise FieldWrong("parents", "each office once, and not the office itself")
    services = _services(table.tables("services"))
    counters = _counters(table.tables("counters"), {service.code for service in services})
    decree, standard = read_standard(table.table("standard"))
    found = OfficeFile(
        fields=fields,
        parents=parents,
        services=services,
        counters=counters,
        limits=_limits(table),
        calendar=_calendar(table, fields["zone"]),
        decree=decree,
        standard=standard,
    )
    table.done()
    return found


def _code(table: Table) -> str:
    code = table.text("code", most=16)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", code) or code in RESERVED:
        raise FieldWrong(table.at("code"), "small letters, digits and - , as it stands in addresses")
    return code


def _zone(table: Table) -> str:
    return table.choice("zone", tuple(zone for zone, _ in ZONES))


def _email(table: Table) -> str:
    address = table.text("email", most=200, optional=True)
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise FieldWrong(table.at("email"), "an e-mail address") from None
    return address


def _parent(table: Table) -> dict[str, str]:
    parent = {
        "code": _code(table),
        "name": table.text("name", most=120),
        "unit": table.text("unit", most=120),
        "zone": _zone(table),
    }
    table.done()
    return parent


def _services(tables: list[Table]) -> list[ServiceEntry]:
    services: list[ServiceEntry] = []
    for table in tables:
        service = ServiceEntry(
            code=_code(table),
            letter=table.text("letter", most=1),
            name_id=table.text("name_id", most=120),
            name_en=table.text("name_en", most=120),
            usual_minutes=table.number("usual_minutes", least=1, most=480, default=18),
        )
        table.done()
        if not re.fullmatch("[A-Z]", service.letter):
            raise FieldWrong(table.at("letter"), "one letter from A to Z")
        if service.letter in {other.letter for other in services}:
            raise FieldWrong(table.at("letter"), "a letter that no other service has")
        if service.code in {other.code for other in services}:
            raise FieldWrong(table.at("code"), "a code that no other service has")
        services.append(service)
    return services


def _counters(tables: list[Table], known: set[str]) -> list[CounterEntry]:
    counters: list[CounterEntry] = []
    for table in tables:
        counter = CounterEntry(table.number("number", least=1, most=99), table.texts("services"))
        table.done()
        if counter.number in {other.number for other in counters}:
            raise FieldWrong(table.at("number"), "a number that no other counter has")
        if not known.issuperset(counter.services):
            raise FieldWrong(table.at("services"), f"codes of services: {', '.join(sorted(known))}")
        counters.append(counter)
    return counters


def _limits(table: Table) -> dict[str, Any]:
    if not table.given("limits"):
        table.asked.add("limits")
        return {}
    limits = dict(table.table("limits").values)
    try:
        limits_from(limits)
    except LimitWrong as wrong:
        name, expected = wrong.args
        raise FieldWrong(f"limits.{name}", expected) from None
    return limits


def _calendar(table: Table, zone: str) -> dict[str, Any]:
    section = dict(table.table("calendar").values)
    try:
        read_section(zone, section)
    except CalendarWrong as wrong:
        raise FieldWrong(f"calendar.{wrong.field.removeprefix('calendar.')}", wrong.expected) from None
    return section

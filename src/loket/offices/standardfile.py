"""The [standard] of an office file: head, and the six public components of a service standard.

What comes out is stored in Standard.content and shown as it is, sentence by sentence:

    service       what the standard is about
    head          {institution, unit, tree, address, phone, website}
    requirements  [text]
    procedure     [{door: "hall" | "online", first: number of its first step, steps: [text]}]
    time          {hall: {title, promise, schedule_title, schedule: [{days, hours}]},
                   online: {title, promise, closing}}; a door may be absent
    fee           text
    products      [text]
    complaints    [{channel: "box" | "web" | "email" | "phone" | "counter", label, value, address}]
"""

from typing import Any

from loket.offices.reading import FieldWrong, Table

DOORS = ("hall", "online")
CHANNELS = ("box", "web", "email", "phone", "counter")
# What a link on the public page may begin with; anything else could run in the reader's browser.
LINKS = ("https://", "http://", "mailto:", "tel:")


def read_standard(table: Table) -> tuple[str, dict[str, Any]]:
    """The decree and the content to store. Refuses FieldWrong."""
    decree = table.text("decree", most=120)
    content = {
        "service": table.text("service", most=120),
        "head": read_head(table.table("head")),
        "requirements": table.texts("requirements"),
        "procedure": read_procedure(table.tables("procedure")),
        "time": read_time(table.table("time")),
        "fee": table.text("fee"),
        "products": table.texts("products"),
        "complaints": [read_complaint(entry) for entry in table.tables("complaints")],
    }
    table.done()
    return decree, content


def read_head(table: Table) -> dict[str, Any]:
    head = {
        "institution": table.text("institution"),
        "unit": table.text("unit"),
        "tree": table.texts("tree"),
        "address": table.text("address"),
        "phone": table.text("phone", optional=True),
        "website": table.text("website", optional=True),
    }
    table.done()
    return head


def read_procedure(tables: list[Table]) -> list[dict[str, Any]]:
    parts, first = [], 1
    for table in tables:
        part = {"door": table.choice("door", DOORS), "first": first, "steps": table.texts("steps")}
        table.done()
        parts.append(part)
        first += len(part["steps"])
    return parts


def read_time(table: Table) -> dict[str, Any]:
    promises = {}
    if table.given("hall"):
        promises["hall"] = read_hall(table.table("hall"))
    if table.given("online"):
        promises["online"] = read_online(table.table("online"))
    table.asked.update(DOORS)
    table.done()
    if not promises:
        raise FieldWrong(table.where, "a table [standard.time.hall], [standard.time.online] or both")
    return promises


def read_hall(table: Table) -> dict[str, Any]:
    hall = {
        "title": table.text("title"),
        "promise": table.text("promise"),
        "schedule_title": table.text("schedule_title"),
        "schedule": [read_hours(entry) for entry in table.tables("schedule")],
    }
    table.done()
    return hall


def read_hours(table: Table) -> dict[str, str]:
    hours = {"days": table.text("days", most=60), "hours": table.text("hours", most=80)}
    table.done()
    return hours


def read_online(table: Table) -> dict[str, str]:
    online = {
        "title": table.text("title"),
        "promise": table.text("promise"),
        "closing": table.text("closing", optional=True),
    }
    table.done()
    return online


def read_complaint(table: Table) -> dict[str, str]:
    complaint = {
        "channel": table.choice("channel", CHANNELS),
        "label": table.text("label", most=80),
        "value": table.text("value", most=120),
        "address": table.text("address", optional=True),
    }
    table.done()
    if complaint["address"] and not complaint["address"].startswith(LINKS):
        raise FieldWrong(table.at("address"), f"an address that begins with {', '.join(LINKS)}")
    return complaint

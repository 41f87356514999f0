"""The parts of Manage, in the groups and the order in which people look for them, and for whom they are.

The access of each page decides who may open it; this only leads there.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.people.access import DESK, LEAD
from loket.people.models import Role

ADMINISTRATOR, AUDITOR, READER = (Role.ADMINISTRATOR,), (Role.AUDITOR,), (Role.READER,)


@dataclass(frozen=True)
class Part:
    """What a page of it passes as `part`, the name of its first address, and how it is shown."""

    key: str
    address: str
    roles: tuple[Role, ...]
    icon: str
    title: Promise
    hint: Promise


@dataclass(frozen=True)
class Group:
    title: Promise
    parts: tuple[Part, ...]


GROUPS = (
    Group(
        _("Results and responses"),
        (
            Part("reports", "reports", LEAD + READER, "chart-column", _("Reports"),
                 _("Month, year, any days; to print and to take along")),
            Part("surveys", "surveys", DESK + READER, "smile", _("Satisfaction"),
                 _("Surveys, index, follow-up, reports")),
            Part("register", "register", DESK, "inbox", _("Complaints"),
                 _("One register, deadlines, answers")),
        ),
    ),
    Group(
        _("Office and services"),
        (
            Part("calendar", "calendar", LEAD, "calendar-days", _("Calendar"),
                 _("Hours, holidays, closed days")),
            Part("services", "services", ADMINISTRATOR, "tags", _("Services and counters"),
                 _("What is offered, and where")),
            Part("devices", "devices", LEAD, "smartphone", _("Devices"),
                 _("Kiosk, board, rating tablet, printer")),
            Part("voice", "voice", LEAD, "megaphone", _("Voice"),
                 _("The words of the board, in the office's own voice")),
            Part("library", "searches", LEAD, "book-open", _("Library"),
                 _("What is searched, words, own items")),
            Part("settings", "settings", ADMINISTRATOR, "list-checks", _("Settings"),
                 _("The hall, the guest book, purposes")),
        ),
    ),
    Group(
        _("People and data"),
        (
            Part("staff", "staff", ADMINISTRATOR, "users", _("Staff"),
                 _("Invite, change roles, withdraw")),
            Part("privacy", "data-requests", LEAD, "lock", _("Personal data"),
                 _("Requests, breaches, who looked")),
            Part("privacy", "looks", AUDITOR, "eye", _("Who looked"),
                 _("Who of the staff opened whose data, and why")),
            Part("log", "log", ADMINISTRATOR + AUDITOR, "file-text", _("Event log"),
                 _("What happened, and whether it still says so")),
        ),
    ),
)  # fmt: skip


def groups_for(roles: Collection[Role]) -> list[Group]:
    """What a person with these roles may open; groups without anything are left out."""
    shown = [Group(group.title, tuple(_open_to(roles, group.parts))) for group in GROUPS]
    return [group for group in shown if group.parts]


def _open_to(roles: Collection[Role], parts: tuple[Part, ...]) -> list[Part]:
    """Of two doors to one part the first that is open."""
    found = {part.key: part for part in reversed(parts) if set(part.roles).intersection(roles)}
    return [part for part in parts if found.get(part.key) is part]

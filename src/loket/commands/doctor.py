"""loket doctor: is everything as it should be, and if not, what to do."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils import timezone

from loket.commands import Refused
from loket.diagnosis import database, surroundings, work
from loket.diagnosis.findings import Finding, Level

SIGNS = {Level.GOOD: "ok  ", Level.HINT: "hint", Level.FAULT: "BAD "}

EXAMINE: list[Callable[[datetime], Iterator[Finding]]] = [
    surroundings.settings_and_addresses,
    surroundings.folder,
    surroundings.files,
    surroundings.disk,
    surroundings.zones,
    database.reachable,
    database.fitting,
    database.upgraded,
    database.whole,
    database.kept,
    database.clock,
    work.worker,
    work.mail,
    work.scanner,
    work.offices,
]


def register(verbs):
    verbs.add_parser("doctor", help="examine this installation").set_defaults(run=run)


def run(arguments):
    faults = 0
    for examine in EXAMINE:
        for finding in examine(timezone.now()):
            faults += finding.level == Level.FAULT
            print(f"{SIGNS[finding.level]}  {finding.text}")
            if finding.ends_here:
                raise Refused("The rest cannot be examined before this is mended.")
    if faults:
        raise Refused(f"{faults} {'thing needs' if faults == 1 else 'things need'} mending; see above.")

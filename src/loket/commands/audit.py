"""loket audit verify: does the event log still say what it said?"""

import sys

from loket.base import events
from loket.base.models import ChainHead
from loket.commands import Refused
from loket.offices import queries


def register(verbs):
    nouns = verbs.add_parser("audit", help="the event log").add_subparsers(required=True, metavar="VERB")
    parser = nouns.add_parser("verify", help="walk each office's chain of events")
    parser.add_argument("office", nargs="?", help="code of one office; all when absent")
    parser.set_defaults(run=verify)


def verify(arguments):
    loaded = queries.loaded_offices()
    if arguments.office and arguments.office not in loaded:
        raise Refused(f"There is no office {arguments.office}; loket office list shows all.")
    faults = list(events.verify(arguments.office, loaded=loaded))
    for fault in faults:
        print(f"{fault.office}: event {fault.seq} {fault.reason}", file=sys.stderr)
    if faults:
        raise Refused(f"{len(faults)} chains do not verify.")
    heads = ChainHead.objects.order_by("office")
    for head in heads.filter(office=arguments.office) if arguments.office else heads:
        print(f"{head.office}: {head.seq} events, {head.digest[:16]}")

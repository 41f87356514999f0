"""loket worker: the due work in a process of its own, where the server runs in several processes."""

import sys

from loket.commands import serve


def register(verbs):
    verbs.add_parser("worker", help="do what is due, without serving pages").set_defaults(run=run)


def run(arguments):
    from loket.jobs import schedule  # they need the rooms, which are ready only now
    from loket.serving import working

    serve.check_migrated()
    print("Loket does what is due.", file=sys.stderr)
    working.run([schedule.do_what_is_due])

"""loket demo fill | serve: an invented office life for a first look."""

import logging
import sys
from functools import partial
from threading import Event
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from loket.commands import Refused, database
from loket.commands import serve as server
from loket.consultations.actions import recomputing
from loket.demo import filling
from loket.offices import loading, officefile
from loket.offices.models import Office
from loket.people.models import Membership

log = logging.getLogger(__name__)
OFFICE = "3574"


def register(verbs):
    nouns = verbs.add_parser("demo", help="an invented office life for a first look").add_subparsers(
        required=True, metavar="VERB"
    )
    nouns.add_parser("fill", help="add accounts, two served months and today's morning").set_defaults(
        run=fill
    )
    parser = nouns.add_parser("serve", help="all of it from an empty folder, then the server")
    server.add_options(parser)
    parser.set_defaults(run=serve)


def fill(arguments):
    _only_in_a_demo()
    office = Office.objects.filter(code=OFFICE).first()  # unique
    if office is None:
        raise Refused(f"Load the example office first: loket office load {OFFICE}")
    began = perf_counter()
    added = filling.fill(office=office, at=timezone.now())
    print(f"{added} visitors added in {perf_counter() - began:.1f} s.", file=sys.stderr)


def serve(arguments):
    """Everything from an empty folder to an answering server, in one process to be quick."""
    _only_in_a_demo()
    server.check_free(arguments.host, arguments.port)
    server.lead_links_to(arguments.port)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("Preparing the database")
    database.migrate(arguments)
    for code in loading.EXAMPLES:
        recomputing.load(file=officefile.read(loading.example(code)), by="loket", at=timezone.now())
    office = Office.objects.get(code=OFFICE)
    if not office.tickets.exists():
        _say("Playing two months at the counter")
    filling.fill(office=office, at=timezone.now())
    _welcome(server.address(arguments.host, arguments.port))
    server.run(arguments, partial(_keep_going, office))


def _only_in_a_demo():
    """Invented people must never get among the visitors of a real office."""
    if not settings.DEMO:
        raise Refused("This is not a demo: set LOKET_DEMO=yes in the loket.env of a folder of its own.")


def _keep_going(office: Office, stop: Event):
    """A demo left running stays open, and has a new morning on the next day."""
    while not stop.wait(60):
        try:
            filling.fill(office=office, at=timezone.now())
        except Exception:
            log.exception("the demo was not continued")
        finally:
            connection.close()


def _welcome(base: str):
    print(
        f"""
Loket, demo of {OFFICE} (invented people)

  start here     {base}/demo/   accounts and devices, one click each
  front page     {base}/{OFFICE}/
  kiosk          {base}/{OFFICE}/kios/
  board          {base}/{OFFICE}/layar/
  desk           {base}/{OFFICE}/petugas/
  manage         {base}/{OFFICE}/kelola/

Accounts (no password; enter them on {base}/demo/):""",
        flush=True,
    )
    memberships = Membership.objects.filter(user__email__endswith=f"@{settings.DEMO_DOMAIN}")
    for membership in memberships.select_related("user", "office").order_by("pk"):
        print(f"  {membership.user.name:16} {membership.role:14} {membership.office.name}")
    print("\nEnd with Ctrl-C.\n", flush=True)


def _say(sentence: str):
    print(f"{sentence} ...", flush=True)

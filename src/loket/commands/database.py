"""loket migrate | check: the database and the settings."""

from django.core.checks import run_checks
from django.core.management import call_command

from loket.commands import Refused
from loket.diagnosis import database


def register(verbs):
    verbs.add_parser("migrate", help="bring the database up to date").set_defaults(run=migrate)
    verbs.add_parser("check", help="check settings and addresses").set_defaults(run=check)


def migrate(arguments):
    if reason := database.why_unfit():
        raise Refused(f"The database cannot be used: {reason}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def check(arguments):
    found = run_checks()
    for message in found:
        print(message)
    if any(message.is_serious() for message in found):
        raise Refused(f"{len(found)} findings; see above.")
    print("Nothing to report.")

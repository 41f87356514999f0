"""loket staff invite | list: the first administrator of an office comes from here."""

import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from loket.base.links import absolute
from loket.commands import Refused
from loket.offices.models import Office
from loket.outbox.post import folder
from loket.people import staff
from loket.people.models import Membership, Role


def register(verbs):
    nouns = verbs.add_parser("staff", help="who works where").add_subparsers(required=True, metavar="VERB")
    parser = nouns.add_parser("invite", help="ask somebody by mail to join an office")
    parser.add_argument("office", help="code of the office")
    parser.add_argument("email")
    parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR.value)
    parser.add_argument("--name", default="")
    parser.set_defaults(run=invite)
    parser = nouns.add_parser("list", help="everybody with a role at an office")
    parser.add_argument("office", help="code of the office")
    parser.set_defaults(run=show)


def invite(arguments):
    try:
        validate_email(arguments.email)
    except ValidationError:
        raise Refused(f"{arguments.email!r} is not an e-mail address.") from None
    try:
        invitation = staff.invite(
            office=_office(arguments.office),
            email=arguments.email,
            name=arguments.name,
            role=Role(arguments.role),
            by="loket",
            at=timezone.now(),
        )
    except staff.AlreadyStaff:
        raise Refused(f"{arguments.email} already is {arguments.role} there.") from None
    print(f"{_way()} The address in it, valid for seven days:", file=sys.stderr)
    print(absolute(f"/akun/undangan/{invitation.token}/"))


def _way() -> str:
    if settings.EMAIL_HOST:
        return "The invitation is on its way by mail."
    return f"No mail server is set, so the invitation is only laid into {folder()}."


def show(arguments):
    held = Membership.objects.filter(office=_office(arguments.office)).select_related("user")
    for membership in held.order_by("user__email", "role"):
        state = "" if membership.user.is_active else " (ended)"
        print(f"{membership.user.email}\t{membership.role}\t{membership.user.name}{state}")


def _office(code: str) -> Office:
    try:
        return Office.objects.get(code=code)
    except Office.DoesNotExist:
        raise Refused(f"There is no office {code!r}; see loket office list.") from None

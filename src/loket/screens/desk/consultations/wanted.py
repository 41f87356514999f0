"""Finding what an officer names: a consultation by its number, a colleague by the list."""

from loket.base.text import one_line
from loket.consultations.inbox import numbered
from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import User


class NoSuchConsultation(Exception):
    """No consultation of this office has the number that was typed."""


def consultation_named(office: Office, text: str) -> Consultation | None:
    """K-2026-00012 or 12; without a year the newest with this number."""
    about = numbered(one_line(text)[:40])
    if about is None:
        return None
    found = Consultation.objects.filter(about, office=office, door=Consultation.Door.ONLINE)
    return found.select_related("office", "asker").order_by("-year", "-pk").first()


def colleagues(office: Office) -> list[User]:
    """Everybody who answers at this office."""
    here = User.objects.filter(memberships__office=office, memberships__role__in=DESK, is_active=True)
    return list(here.distinct().order_by("name", "pk"))

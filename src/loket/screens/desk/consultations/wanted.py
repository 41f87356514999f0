"""Finding what an officer names: a consultation by its number, a colleague by the list."""

from loket.base import sql
from loket.base.text import one_line
from loket.consultations.finding import numbered
from loket.consultations.models import Consultation
from loket.offices.models import Office
from loket.people.access import DESK
from loket.people.models import User

ROLES = ", ".join(["%s"] * len(DESK))


class NoSuchConsultation(Exception):
    """No consultation of this office has the number that was typed."""


def consultation_named(office: Office, text: str) -> Consultation | None:
    """K-2026-00012 or 12; without a year the newest with this number."""
    about = numbered(one_line(text)[:40])
    if about is None:
        return None
    year, number = about
    found = Consultation.objects.filter(office=office, number=number, door=Consultation.Door.ONLINE)
    if year:
        found = found.filter(year=year)
    return found.select_related("office", "asker").order_by("-year", "-pk").first()


def colleagues(office: Office) -> list[User]:
    """Everybody who answers at this office."""
    works_here = f"SELECT user_id FROM people_membership WHERE office_id = %s AND role IN ({ROLES})"  # noqa: S608
    return sql.select(User, f"is_active AND id IN ({works_here}) ORDER BY name, id", office.pk, *DESK)

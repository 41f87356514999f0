"""Who has a thread open and who writes in it: a hint for colleagues, never a lock."""

from datetime import datetime, timedelta

from django.db import transaction

from loket.base import sql
from loket.consultations.models import Consultation, Presence
from loket.live import announce
from loket.people.models import User

# A page says every fifteen seconds that it is open; three silent ones in a row are a page that is gone.
GONE_AFTER = timedelta(seconds=50)


@transaction.atomic
def attend(*, consultation: Consultation, person: User, doing: Presence.Doing, at: datetime) -> None:
    """The person has the page open. Colleagues are told only when that is news; it is no event."""
    was = Presence.objects.filter(consultation=consultation, person=person).first()  # unique
    Presence.objects.update_or_create(
        consultation=consultation, person=person, defaults={"doing": doing, "seen_at": at}
    )
    if was is None or was.doing != doing or was.seen_at < at - GONE_AFTER:
        announce.changed(announce.thread(consultation.token))


@transaction.atomic
def leave(*, consultation: Consultation, person: User) -> None:
    """The page was closed."""
    if Presence.objects.filter(consultation=consultation, person=person).delete()[0]:
        announce.changed(announce.thread(consultation.token))


def colleagues_at(consultation: Consultation, *, but: User, at: datetime) -> list[Presence]:
    """Who else is here now, those who write first."""
    return sql.select_with(
        Presence, ("person",),
        "one.consultation_id = %s AND one.seen_at >= %s AND one.person_id <> %s"
        " ORDER BY one.doing DESC, person.name, one.id",
        consultation.pk, sql.moment(at - GONE_AFTER), but.pk,
    )  # fmt: skip

"""Who is asking? Every page that knows its reader asks this, so both answers are fixed statements."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from loket.base import sql
from loket.people.models import User


class Backend(AuthenticationBackend):
    """allauth's way of signing in; whoever is signed in is read without building a query."""

    def get_user(self, user_id: int) -> User | None:
        found = sql.select(User, "id = %s", user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None


class SessionStore(db.SessionStore):
    """Django's sessions in the database; this is what SESSION_ENGINE looks for."""

    def _get_session_from_db(self) -> Session | None:
        # As Django's own: a session is a reader's, not an action's.
        now = sql.moment(timezone.now())  # noqa: TID251
        found = sql.select(Session, "session_key = %s AND expire_date > %s", self.session_key, now)
        if found:
            return found[0]
        self._session_key = None
        return None

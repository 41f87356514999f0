"""Who asks, and where? Every page that knows its reader wants to know, so the statements are fixed."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from loket.base import sql
from loket.offices.models import Office
from loket.people.models import User

KEPT = "(SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s)"


class Backend(AuthenticationBackend):
    """allauth's way of signing in; whoever is signed in is read without building a query."""

    def get_user(self, user_id: int) -> User | None:
        """The person with all memberships (people.access.memberships_of), as of this request."""
        along = ("memberships", "memberships__office")
        found = sql.select_rows(User, along, "one.id = %s ORDER BY memberships.id", user_id)
        if not found or not self.user_can_authenticate(found[0][0]):
            return None
        user = found[0][0]
        user.held = [membership for _, membership, _ in found if membership]
        return user


class SessionStore(db.SessionStore):
    """Django's sessions in the database; this is what SESSION_ENGINE looks for."""

    def office_at(self, code: str) -> Office | None:
        """The office with doors at this address; what is kept of the session is read along with it."""
        if self.session_key is None or hasattr(self, "_session_cache"):
            found = sql.select(Office, "code = %s AND serves", code)
            return found[0] if found else None
        here = "one.code = %s AND one.serves"
        found = sql.select_with(Office, (), here, *self._asked(), code, besides=KEPT, into="session")
        if not found:
            return None
        self._session_cache = self._opened(*vars(found[0]).pop("session"))
        return found[0]

    def load(self) -> dict[str, Any]:
        return self._opened(*sql.one(f"SELECT {KEPT}", *self._asked()))

    def _asked(self) -> tuple[str | None, Any]:
        # As Django's own: a session is a reader's, not an action's.
        return self.session_key, sql.moment(timezone.now())  # noqa: TID251

    def _opened(self, data: str | None) -> dict[str, Any]:
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)

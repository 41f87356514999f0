"""Who may listen to an office's event stream; the server asks here before it opens one (loket.serving)."""

from django.http import HttpResponse

from loket.people.access import DESK, roles_at
from loket.people.models import Role
from loket.screens.access import office_public

EVERYBODYS = {"hall"}
STAFFS = {"devices"}
MAY_WATCH = {*DESK, Role.AUDITOR}


@office_public
def may_listen(request, office):
    """204: yes; 404: not you, or no such topic. What the stream says of a topic is only that it changed."""
    asked = set(request.GET.get("topics", "hall").split(","))
    if not asked <= EVERYBODYS | STAFFS:
        return HttpResponse(status=404)
    if asked & STAFFS and MAY_WATCH.isdisjoint(roles_at(request.user, office)):
        return HttpResponse(status=404)
    return HttpResponse(status=204)

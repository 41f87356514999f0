"""Who may listen to an office's event stream; the server asks here before it opens one (loket.serving)."""

from django.http import HttpResponse

from loket.consultations.queries import visible_to
from loket.live.asking import AskedWrong, asked
from loket.people.access import DESK, roles_at
from loket.people.models import Role
from loket.screens.access import office_public

EVERYBODYS = {"hall"}
STAFFS = {"devices", "consultations"}
THREAD = "thread-"
MAY_WATCH = {*DESK, Role.AUDITOR}


@office_public
def may_listen(request, office):
    """204: yes; 404: not you, no such topic, or no plain question.

    What the stream says of a topic is only that it changed.
    """
    try:
        topics = set(asked(request.META.get("QUERY_STRING", "")))
    except AskedWrong:
        return HttpResponse(status=404)
    tokens = {topic.removeprefix(THREAD) for topic in topics if topic.startswith(THREAD)}
    if not topics <= EVERYBODYS | STAFFS | {THREAD + token for token in tokens}:
        return HttpResponse(status=404)
    if tokens and visible_to(request.user).filter(office=office, token__in=tokens).count() != len(tokens):
        return HttpResponse(status=404)
    if topics & STAFFS and MAY_WATCH.isdisjoint(roles_at(request.user, office)):
        return HttpResponse(status=404)
    return HttpResponse(status=204)

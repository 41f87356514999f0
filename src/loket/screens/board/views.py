"""The board: a television in the hall that shows and speaks calls."""

from datetime import datetime

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from loket.live import announce
from loket.offices.clock import local
from loket.offices.limits import limits_from
from loket.offices.models import Office
from loket.offices.recordings import path_of
from loket.people.models import Device
from loket.screens.access import device, office_public
from loket.screens.board.etag import snapshot_etag
from loket.screens.board.snapshot import take_snapshot
from loket.screens.voice import chime

KEPT_SECONDS = 120  # an ETag lives a minute; all boards of an office share what was rendered for it

board_only = device(Device.Kind.BOARD)


@require_GET
@board_only
def board(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    limits = limits_from(office.settings)
    # Read before the rest: what is too old is corrected by the stream, what is too new would stay.
    version = announce.version(announce.hall(office.code))
    with translation.override(limits.announce_languages[0]):
        return render(
            request,
            "board/board.html",
            {
                "office": office,
                "snapshot": take_snapshot(office, at=at),
                "today": date_format(local(office, at), "l, j F Y"),
                "version": version,
                "chime": chime(),
                "repeat": limits.announce_times,
            },
        )


@require_GET
@board_only
def snapshot(request: HttpRequest, office: Office) -> HttpResponse:
    """The parts of the board that change; 304 while nothing did."""
    at = timezone.now()
    etag = snapshot_etag(office.code, at=at)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    content = caches["memory"].get_or_set(
        f"board:{office.pk}:{etag}", lambda: _fragment(office, at), KEPT_SECONDS
    )
    return HttpResponse(content, headers={"ETag": etag, "Cache-Control": "no-cache"})


@require_GET
@office_public
def sound(request: HttpRequest, office: Office, digest: str) -> HttpResponse:
    """A word in the office's own voice; the name is that of its content, so it never changes."""
    if not office.recordings.filter(digest=digest).exists():
        raise Http404
    try:
        content = path_of(digest).read_bytes()
    except FileNotFoundError:  # restored without its files: the board passes the word over
        raise Http404 from None
    return HttpResponse(
        content, "audio/wav", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def _fragment(office: Office, at: datetime) -> str:
    with translation.override(limits_from(office.settings).announce_languages[0]):
        context = {"office": office, "snapshot": take_snapshot(office, at=at), "fragment": True}
        return render_to_string("board/snapshot.html", context)

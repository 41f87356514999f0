"""The only doors of the screens: each view declares its audience, everybody else gets 404.

A view without an audience fails the start (loket.checks). The first argument after the request is
the office, found by its code in the address.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.people.access import DESK, LEAD, office_and_roles, roles_at
from loket.people.models import Device, Membership, Role, User, token_digest

View = Callable[..., HttpResponse]
WORKPLACE_COOKIE = "loket_workplace"
# What a session remembers once its person was seen to have one.
SECOND_FACTOR = "second_factor"
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def everybody(view: View) -> View:
    """A page that anyone may open and that belongs to no office."""
    view.audience = "everybody"  # type: ignore[attr-defined]
    return view


def office_public(view: View) -> View:
    """A page of one office that anyone may open."""

    @wraps(view)
    def opened(request: HttpRequest, office_code: str, **rest):
        request.office = office_or_404(request, office_code)  # type: ignore[attr-defined]
        return view(request, request.office, **rest)  # type: ignore[attr-defined]

    opened.audience = "public"  # type: ignore[attr-defined]
    return opened


def signed_in(view: View) -> View:
    """A page of one's own account; whoever is not signed in is asked to, and comes back here."""

    @wraps(view)
    def opened(request: HttpRequest, **rest):
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, **rest)

    opened.audience = "account"  # type: ignore[attr-defined]
    return opened


def office_account(view: View) -> View:
    """A page of one office for whoever is signed in; the view shows each person only what is theirs."""

    @wraps(view)
    def opened(request: HttpRequest, office_code: str, **rest):
        request.office = office_or_404(request, office_code)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, request.office, **rest)  # type: ignore[attr-defined]

    opened.audience = "account"  # type: ignore[attr-defined]
    return opened


def staff(*roles: Role) -> Callable[[View], View]:
    """A page for people with one of `roles` at the office; strangers get 404, not 403."""

    def declare(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, office_code: str, **rest):
            office, held = office_and_roles(request.user, office_code)
            if office is None or not office.serves:
                raise Http404
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not held.intersection(roles):
                raise Http404
            request.office, request.roles = office, held  # type: ignore[attr-defined]
            if _lacks_second_factor(request):
                messages.warning(request, _("Your role asks for a second way to sign in. Add one first."))
                return redirect("mfa_index")
            response = view(request, office, **rest)
            if held.intersection(DESK):
                _mark_workplace(request, response, office)
            return response

        opened.audience = "staff:" + ",".join(sorted(roles))  # type: ignore[attr-defined]
        return opened

    return declare


def readers(view: View) -> View:
    """A page about an office and all below it, whether it has doors of its own or not, for its readers."""

    @wraps(view)
    def opened(request: HttpRequest, office_code: str, **rest):
        office, held = office_and_roles(request.user, office_code)
        if office is None:
            raise Http404
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if Role.READER not in held:
            raise Http404
        return view(request, office, **rest)

    opened.audience = "readers"  # type: ignore[attr-defined]
    return opened


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and come back. A press cannot be looked at: its page can, where the browser names it."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("Referer", ""))
    own = page.netloc == request.get_host() and page.path.startswith("/")
    return redirect_to_login(
        page._replace(scheme="", netloc="").geturl() if own else resolve_url(settings.LOGIN_REDIRECT_URL)
    )


def needs_second_factor(user: User) -> bool:
    """People who can change the office or see all of it sign in with a second proof."""
    return settings.REQUIRE_2FA and Membership.objects.filter(user=user, role__in=LEAD).exists()


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Asked once a session: the last factor cannot be removed while the role asks for one."""
    if not settings.REQUIRE_2FA or not request.roles.intersection(LEAD):  # type: ignore[attr-defined]
        return False
    if not request.session.get(SECOND_FACTOR):
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            return True
        request.session[SECOND_FACTOR] = True
    return False


def worked_here(request: HttpRequest, office: Office) -> bool:
    """Is this browser signed in as the office's staff, or was it within 30 days?

    Nobody rates the own office, and an officer who signs out at the counter is still the officer.
    """
    if WORKPLACE_COOKIE in request.COOKIES:
        return True
    return bool(roles_at(request.user, office).intersection(DESK))


def _mark_workplace(request: HttpRequest, response: HttpResponse, office: Office) -> None:
    if WORKPLACE_COOKIE not in request.COOKIES:
        response.set_cookie(
            WORKPLACE_COOKIE, "1", max_age=30 * 24 * 3600, path=f"/{office.code}/", httponly=True,
            samesite="Lax", secure=settings.HTTPS,
        )  # fmt: skip


def device(kind: Device.Kind) -> Callable[[View], View]:
    """A screen of a paired device; unpaired ones are led to the pairing page."""

    def declare(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, office_code: str, **rest):
            request.office = office = office_or_404(request, office_code)  # type: ignore[attr-defined]
            found = device_of(request, office, kind)
            if found is None:
                return redirect("device-pair", office_code=office.code, kind=kind.value)
            request.device = found  # type: ignore[attr-defined]
            return view(request, office, **rest)

        opened.audience = f"device:{kind.value}"  # type: ignore[attr-defined]
        return opened

    return declare


def office_or_404(request: HttpRequest, code: str) -> Office:
    found = request.session.office_at(code)
    if found is None:
        raise Http404
    return found


def device_cookie(kind: Device.Kind) -> str:
    return f"loket_{kind.value}"


def device_of(request: HttpRequest, office: Office, kind: Device.Kind) -> Device | None:
    token = request.COOKIES.get(device_cookie(kind), "")
    if not token:
        return None
    return Device.objects.filter(
        token_digest=token_digest(token), office=office, kind=kind, revoked_at=None
    ).first()  # the digest is unique, so no order is needed

"""A first look without mail and without codes: sign in as somebody invented, or become a device."""

from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from loket.base.text import one_line
from loket.offices.models import Office
from loket.people import devices
from loket.people.access import DESK
from loket.people.models import Device, Membership, User
from loket.screens.access import device_of, everybody
from loket.screens.pairing import home_of, paired

NAMES = {Device.Kind.KIOSK: "Kios demo", Device.Kind.BOARD: "Layar demo", Device.Kind.RATING: "Tablet demo"}
ICONS = {Device.Kind.KIOSK: "ticket", Device.Kind.BOARD: "megaphone", Device.Kind.RATING: "smile"}


def only_in_the_demo(view):
    """Anywhere else these addresses are not there."""

    @wraps(view)
    def opened(request):
        if not settings.DEMO:
            raise Http404
        return view(request)

    return everybody(opened)


@only_in_the_demo
def index(request):
    """The accounts and the devices of the demo."""
    return render(
        request,
        "demo/index.html",
        {
            "offices": Office.objects.filter(serves=True).order_by("code"),
            "accounts": _memberships().order_by("pk"),
            "visitors": _visitors().order_by("pk"),
            "devices": [(Device.Kind(kind), icon) for kind, icon in ICONS.items()],
        },
    )


@only_in_the_demo
@require_POST
def sign_in(request):
    """Enter as the chosen invented person; a real one is not found here."""
    if visitor := request.POST.get("visitor"):
        return _enter_as_visitor(request, visitor)
    number = request.POST.get("account", "")
    membership = get_object_or_404(_memberships(), pk=_key(number))
    login(request, membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_work_of(membership))


def _key(number: str) -> int:
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0


def _enter_as_visitor(request, number: str):
    user = get_object_or_404(_visitors(), pk=_key(number))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    asked = user.asked_consultations.select_related("office").order_by("-last_at", "-pk").first()
    return redirect(f"/{asked.office.code}/konsultasi/" if asked else "/")


@only_in_the_demo
@require_POST
def pair(request):
    """Make this browser a device of the chosen kind, as an administrator and a code would."""
    office = get_object_or_404(Office, code=one_line(request.POST.get("office", "")), serves=True)
    kind = request.POST.get("kind")
    if kind not in Device.Kind.values:
        raise Http404
    known = device_of(request, office, Device.Kind(kind))
    if known:
        return redirect(home_of(known))
    at = timezone.now()
    waiting = _device_to_pair(office, Device.Kind(kind), at)
    device, token = devices.pair(office=office, kind=kind, code=waiting.pairing_code, at=at)
    return paired(device, token)


def _device_to_pair(office, kind, at) -> Device:
    """One whose browser is gone, or else a new one: the list of devices stays short."""
    gone = Device.objects.filter(office=office, kind=kind, name=NAMES[kind], revoked_at=None, connected=False)
    device = gone.order_by("pk").first()
    if device:
        return devices.renew_code(device=device, by="loket", at=at)
    return devices.add_device(office=office, kind=kind, name=NAMES[kind], by="loket", at=at)


def _memberships():
    invented = Membership.objects.filter(user__email__endswith=f"@{settings.DEMO_DOMAIN}")
    return invented.filter(user__is_active=True).select_related("user", "office")


def _visitors():
    """Invented people who ask online and work nowhere."""
    invented = User.objects.filter(email__endswith=f"@{settings.DEMO_DOMAIN}", is_active=True)
    return invented.filter(memberships=None)


def _work_of(membership: Membership) -> str:
    """Where this role's work lies."""
    if membership.role in DESK:
        return f"/{membership.office.code}/petugas/"
    office = membership.office
    if not office.serves:
        office = Office.objects.filter(parent=office, serves=True).order_by("code").first() or office
    return f"/{office.code}/kelola/"

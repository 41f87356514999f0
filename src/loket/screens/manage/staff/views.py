"""The people of the office: invite, change roles, withdraw."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from loket.consultations.actions import staffing
from loket.consultations.models import Speciality
from loket.offices.models import Office
from loket.people import staff as actions
from loket.people.models import Invitation, Membership, Role, User
from loket.screens.access import staff
from loket.screens.manage.staff.forms import InviteForm, RolesForm, SpecialitiesForm

LAST = gettext_lazy("Name another administrator first; without one nobody could manage the office.")


@staff(Role.ADMINISTRATOR)
def people(request: HttpRequest, office: Office) -> HttpResponse:
    """Everybody with a role here, who was invited, and the form that invites."""
    form = InviteForm(request.POST or None)
    if form.is_valid() and _invite(request, office, form):
        return redirect("staff", office.code)
    held = (
        Membership.objects.filter(office=office)
        .select_related("user")
        .order_by("user__name", "user_id", "pk")
    )
    shown = {
        "part": "staff",
        "people": [
            {"user": user, "roles": [each.get_role_display() for each in each_role]}
            for user, each_role in groupby(held, key=lambda membership: membership.user)
        ],
        "invitations": actions.open_invitations(office, at=timezone.now()),
        "form": form,
    }
    return render(request, "manage/staff/list.html", shown, status=422 if form.errors else 200)


def _invite(request: HttpRequest, office: Office, form: InviteForm) -> bool:
    values = form.cleaned_data
    try:
        actions.invite(
            office=office,
            email=values["email"],
            name=values["name"],
            role=Role(values["role"]),
            by=request.user.staff_id,
            at=timezone.now(),
        )
    except actions.AlreadyStaff:
        form.add_error("email", _("This person already has the role here."))
        return False
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": values["email"]})
    return True


@staff(Role.ADMINISTRATOR)
def person(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The roles of one person here, and what an officer knows best."""
    user = person_or_404(office, pk)
    now = list(Membership.objects.filter(office=office, user=user).values_list("role", flat=True))
    form = RolesForm(request.POST or None, initial={"roles": now})
    if form.is_valid() and _change(request, office, user, form):
        return redirect("staff", office.code)
    shown = {"part": "staff", "person": user, "form": form}
    if Role.OFFICER in now:
        shown["knows"] = SpecialitiesForm(initial={"kinds": _kinds(user, office)})
    return render(request, "manage/staff/person.html", shown, status=422 if form.errors else 200)


def _change(request: HttpRequest, office: Office, user: User, form: RolesForm) -> bool:
    roles = {Role(role) for role in form.cleaned_data["roles"]}
    try:
        actions.change_roles(
            user=user, office=office, roles=roles, by=request.user.staff_id, at=timezone.now()
        )
    except actions.LastAdministrator:
        form.add_error("roles", LAST)
        return False
    messages.success(request, _("The roles of %(name)s are changed.") % {"name": user})
    return True


def _kinds(user: User, office: Office) -> list[str]:
    return list(Speciality.objects.filter(officer=user, office=office).values_list("kind", flat=True))


@staff(Role.ADMINISTRATOR)
@require_POST
def specialities(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """The kinds of question that this officer is handed before others."""
    user, form = person_or_404(office, pk), SpecialitiesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose from the kinds that are shown."))
        return redirect("staff-person", office.code, pk)
    staffing.know(
        officer=user, office=office, kinds=set(form.cleaned_data["kinds"]), by=request.user.staff_id,
        at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Saved. %(name)s is asked first for these kinds.") % {"name": user})
    return redirect("staff-person", office.code, pk)


@staff(Role.ADMINISTRATOR)
@require_POST
def withdrawal(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    """End everything the person may do here."""
    user = person_or_404(office, pk)
    try:
        actions.withdraw(user=user, office=office, by=request.user.staff_id, at=timezone.now())
    except actions.LastAdministrator:
        messages.error(request, LAST)
        return redirect("staff-person", office.code, pk)
    messages.success(request, _("%(name)s can no longer do anything here.") % {"name": user})
    return redirect("staff", office.code)


@staff(Role.ADMINISTRATOR)
@require_POST
def invitation_end(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.select_related("office"), office=office, pk=pk)
    actions.take_back(invitation=invitation, by=request.user.staff_id, at=timezone.now())
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": invitation.email})
    return redirect("staff", office.code)


def person_or_404(office: Office, pk: int) -> User:
    # By the user's own key: Django refuses numbers too large for the database there, but not for user_id.
    return get_object_or_404(User.objects.filter(memberships__office=office).distinct(), pk=pk)

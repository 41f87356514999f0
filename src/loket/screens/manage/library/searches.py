"""What people searched for, and the words that help them find it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.text import one_line
from loket.library import learning
from loket.library.actions import wording
from loket.library.articles.wishes import begin_about
from loket.library.models import Synonym
from loket.offices.models import Office
from loket.people.access import LEAD
from loket.screens.access import staff
from loket.screens.manage.library.forms import SynonymForm


@require_safe
@staff(*LEAD)
def searches(request: HttpRequest, office: Office) -> HttpResponse:
    at = timezone.now()
    shown = {
        "part": "library",
        "figures": learning.figures(office=office, at=at),
        "most": learning.most_searched(office=office, at=at),
        "vain": learning.in_vain(office=office, at=at),
    }
    return render(request, "manage/library/searches.html", shown)


@require_POST
@staff(*LEAD)
def wished_article(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin an article about words that were searched in vain; it is written at the desk."""
    words = one_line(request.POST.get("words", ""))[:200]
    if not words:
        return redirect("searches", office.code)
    answer = _("The answer is still to be written here.")
    article = begin_about(office=office, words=words, answer=answer, by=request.user, at=timezone.now())
    return redirect("desk-article", office.code, article.token)


@staff(*LEAD)
def synonyms(request: HttpRequest, office: Office) -> HttpResponse:
    """The office's own words; the list of searches in vain leads here with a word filled in."""
    form = SynonymForm(request.POST or None, initial={"term": request.GET.get("kata", "")[:80]})
    if form.is_valid():
        wording.set_synonym(office=office, **form.cleaned_data, by=request.user.staff_id, at=timezone.now())
        messages.success(
            request, _("From now on “%(term)s” finds it too.") % {"term": form.cleaned_data["term"]}
        )
        return redirect("synonyms", office.code)
    entries = Synonym.objects.filter(office=office).order_by("term", "pk")
    shown = {"part": "library", "form": form, "synonyms": entries}
    return render(request, "manage/library/synonyms.html", shown, status=422 if form.errors else 200)


@require_POST
@staff(*LEAD)
def synonym_ends(request: HttpRequest, office: Office, pk: int) -> HttpResponse:
    if not wording.drop_synonym(office=office, pk=pk, by=request.user.staff_id, at=timezone.now()):
        raise Http404
    messages.success(request, _("The word was taken away; what comes with the program holds again."))
    return redirect("synonyms", office.code)

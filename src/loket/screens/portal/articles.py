"""Published answers for everybody, and the consent of the person who asked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.base.markdown import to_html
from loket.consultations.actions import publishing
from loket.consultations.queries import asked_by
from loket.library.articles import queries
from loket.library.articles.models import Article, ArticleVersion
from loket.offices.clock import local_day
from loket.offices.models import Office
from loket.screens.access import office_public, to_sign_in
from loket.screens.library import ask_address


@office_public
@require_safe
def article(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """One question and its answer."""
    found = queries.published(office=office, token=token)
    if found is None:
        raise Http404
    until = found.article.valid_until
    shown = {
        "article": found.article,
        "version": found.version,
        "html": to_html(found.version.answer),
        "outdated": until is not None and until < local_day(office, timezone.now()),
        "ask": ask_address(office, found.version.title),
    }
    return render(request, "portal/articles/article.html", shown)


@office_public
def consent(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """The words as they would be published; whoever asked says yes or no, also later."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    thread = asked_by(request.user).filter(token=token).select_related("office").first()  # unique
    if thread is not None and thread.office_id != office.pk:
        # The letter that asked was written before another office took it over.
        return redirect("article-consent", thread.office.code, token)
    made = queries.made_of(token) if thread else None
    if thread is None or made is None or made.consent == Article.Consent.MISSING:
        raise Http404
    said = request.POST.get("agreed", "") if request.method == "POST" else ""
    if said in ("yes", "no"):
        publishing.answer_consent(consultation=thread, yes=said == "yes", at=timezone.now())
        messages.success(request, _said(said == "yes"))
        return redirect("article-consent", office.code, token)
    version = ArticleVersion.objects.filter(article=made).order_by("-number")[0]
    shown = {"article": made, "version": version, "html": to_html(version.answer)}
    return render(request, "portal/articles/consent.html", shown)


def _said(yes: bool) -> str:
    if yes:
        return _("You have agreed. A second officer reads the article before it is published.")
    return _("You have not agreed. Nothing is published.")

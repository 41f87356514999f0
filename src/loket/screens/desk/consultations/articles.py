"""Articles at the desk: written from an answer, freed of names, published by a second person."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.base.markdown import to_html
from loket.consultations.actions import publishing
from loket.library.articles import actions, queries
from loket.library.articles.models import Article, ArticleVersion
from loket.offices.models import Office
from loket.people.access import DESK
from loket.rules import anonymising
from loket.rules.anonymising import Hint
from loket.screens.access import staff
from loket.screens.desk.consultations.article_forms import TRACES, ArticleForm, ProlongForm, refusal_words
from loket.screens.desk.consultations.reading import opened_or_404

MOST_SHOWN = 200
Act = Callable[[HttpRequest, Article, datetime], str]


def article_or_404(office: Office, token: str) -> Article:
    try:
        return Article.objects.select_related("office").get(office=office, token=token)
    except Article.DoesNotExist:
        raise Http404 from None


@staff(*DESK)
@require_safe
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Every article of the office, those that wait for somebody first."""
    articles = list(queries.of_office(office)[:MOST_SHOWN])
    versions = ArticleVersion.objects.filter(article__in=articles).select_related("author").order_by("number")
    newest = {version.article_id: version for version in versions}
    rows = [(article, newest[article.pk]) for article in articles if article.pk in newest]
    rows.sort(key=lambda row: row[1].submitted_at is None or row[1].published_at is not None)
    return render(request, "desk/consultations/articles.html", {"rows": rows, "now": timezone.now()})


@staff(*DESK)
@require_POST
def begin(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """A draft of the answered consultation; the second press leads to the same."""
    at = timezone.now()
    # The draft shows the words of the question.
    thread = opened_or_404(office, token, by=request.user, at=at)
    try:
        article = publishing.draft_article(consultation=thread, by=request.user, at=at)
    except publishing.NotAnswered:
        messages.error(request, _("There is no answer yet from which an article could be made."))
        return redirect("desk-consultation", office.code, token)
    except publishing.MadeElsewhere as made:
        return _made_elsewhere(request, office, token, *made.args)
    return redirect("desk-article", office.code, article.token)


def _made_elsewhere(request: HttpRequest, office: Office, token: str, made: Article) -> HttpResponse:
    """To what that office has published, or back where it took it away again."""
    messages.info(
        request, _("%(office)s has made the article of this question.") % {"office": made.office.name}
    )
    if made.state == Article.State.PUBLISHED:
        return redirect("article", made.office.code, made.token)
    return redirect("desk-consultation", office.code, token)


@staff(*DESK)
def article(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Its words, what in them may name somebody, and what has to happen next."""
    found = article_or_404(office, token)
    version = _latest(found)
    form = ArticleForm(request.POST or None, initial=_initial(version))
    if form.is_bound and form.is_valid():
        try:
            actions.write(
                article=found, words=form.words(), revision=form.cleaned_data["revision"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except actions.ArticleChanged:
            form.add_error(None, _("A colleague saved this article meanwhile. Your words are still here."))
            return _shown(request, found, version, form, status=409)
        messages.success(request, _("The article is saved."))
        return redirect("desk-article", office.code, token)
    return _shown(request, found, version, form, status=422 if form.errors else 200)


def _latest(article: Article) -> ArticleVersion:
    versions = ArticleVersion.objects.filter(article=article).select_related("author", "published_by")
    return versions.order_by("-number")[0]


def _initial(version: ArticleVersion) -> dict:
    return {
        "title": version.title,
        "question": version.question,
        "answer": version.answer,
        "valid_until": version.valid_until,
        "revision": version.revision if version.published_at is None else 0,
    }


def _shown(
    request: HttpRequest, article: Article, version: ArticleVersion, form: ArticleForm, *, status: int
) -> HttpResponse:
    kept = form.data.getlist("kept") if form.is_bound else version.kept
    parts = [str(form[name].value() or "") for name in ("title", "question", "answer")]
    names = publishing.names_of(article)
    hints = _marked(parts, names, kept)
    shown = {
        "article": article,
        "version": version,
        "form": form,
        "hints": hints,
        "left": sum(not hint["kept"] for hint in hints),
        "steps": _steps(article, version, request, hints),
        "consultation": publishing.consultation_of(article),
        "html": to_html(parts[2]),
        "prolong": ProlongForm(initial={"until": article.valid_until}),
        "now": timezone.now(),
    }
    return render(request, "desk/consultations/article.html", shown, status=status)


def _marked(parts: list[str], names: list[str], kept: list[str]) -> list[dict]:
    """Each marked place once, with some words around it."""
    confirmed = {anonymising.spelling(each) for each in kept}
    found: dict[str, dict] = {}
    for part in parts:
        for hint in anonymising.hints(part, names=names):
            spelled = anonymising.spelling(hint.found)
            found.setdefault(spelled, _hint(part, hint) | {"kept": spelled in confirmed})
    return list(found.values())


def _hint(part: str, hint: Hint) -> dict:
    before = part[max(hint.start - 30, 0) : hint.start]
    after = part[hint.end : hint.end + 30]
    return {"trace": TRACES[hint.trace], "found": hint.found, "before": before, "after": after}


def _steps(article: Article, version: ArticleVersion, request: HttpRequest, hints: list[dict]) -> dict:
    """What this person may press now."""
    is_open = version.published_at is None
    submitted = is_open and version.submitted_at is not None
    return {
        "submit": is_open and not submitted,
        "publish": submitted and version.author_id != request.user.pk,
        "waits": submitted and version.author_id == request.user.pk,
        "give_back": submitted,
        "ask": article.consent == Article.Consent.MISSING,
        "withdraw": article.state == Article.State.PUBLISHED,
    }


def press(verb: Act) -> Callable[..., HttpResponse]:
    """One press on an article; a refusal is told in a sentence."""

    @staff(*DESK)
    @require_POST
    def pressed(request: HttpRequest, office: Office, token: str) -> HttpResponse:
        found = article_or_404(office, token)
        try:
            messages.success(request, verb(request, found, timezone.now()))
        except tuple(refusal_words()) as refusal:
            messages.error(request, refusal_words()[type(refusal)])
        return redirect("desk-article", office.code, token)

    return pressed


@press
def submit(request: HttpRequest, article: Article, at: datetime) -> str:
    publishing.submit(article=article, by=request.user, at=at)
    return _("Handed over: a colleague reads it and publishes it.")


@press
def give_back(request: HttpRequest, article: Article, at: datetime) -> str:
    actions.give_back(article=article, by=request.user, at=at)
    return _("Given back to its author.")


@press
def publish(request: HttpRequest, article: Article, at: datetime) -> str:
    publishing.publish(article=article, by=request.user, at=at)
    return _("Published. The search finds it from now on.")


@press
def withdraw(request: HttpRequest, article: Article, at: datetime) -> str:
    reason = request.POST.get("reason", "")
    actions.withdraw(article=article, reason=reason, by=request.user.staff_id, at=at)
    return _("Withdrawn. The search no longer finds it.")


@press
def ask_consent(request: HttpRequest, article: Article, at: datetime) -> str:
    publishing.ask_consent(article=article, by=request.user, at=at)
    return _("The visitor is asked by mail. Without a yes nothing is published.")


@press
def prolong(request: HttpRequest, article: Article, at: datetime) -> str:
    form = ProlongForm(request.POST)
    if not form.is_valid():
        return _("Choose a day in the future, or none.")
    actions.prolong(article=article, until=form.cleaned_data["until"], by=request.user, at=at)
    return _("It still holds.")

"""Forms and words of articles at the desk."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.base.text import one_line
from loket.consultations.actions.publishing import NobodyToAsk
from loket.library.articles.actions import (
    ArticleChanged,
    ConsentMissing,
    NotPublished,
    NotSubmitted,
    SamePerson,
    TracesLeft,
    Words,
)
from loket.rules.anonymising import Trace
from loket.screens.fields import Line

LONGEST = 20_000
TRACES = {
    Trace.NAME: gettext_lazy("a name of somebody in the conversation"),
    Trace.EMAIL: gettext_lazy("an e-mail address"),
    Trace.PHONE: gettext_lazy("a telephone number"),
    Trace.NUMBER: gettext_lazy("a number like a NIK, NIP or NPWP"),
    Trace.QUOTE: gettext_lazy("the head of a copied mail"),
    Trace.HANDLE: gettext_lazy("a name in a network"),
}


class ArticleForm(forms.Form):
    """The words of an article."""

    title = Line(max_length=200, label=gettext_lazy("Title"))
    question = Line(
        rows=4, max_length=LONGEST, label=gettext_lazy("Question"),
        help_text=gettext_lazy("As anybody might ask it, without the story of the person who did."),
    )  # fmt: skip
    answer = Line(rows=12, max_length=LONGEST, label=gettext_lazy("Answer"))
    valid_until = forms.DateField(
        required=False, label=gettext_lazy("Holds until"),
        help_text=gettext_lazy("Two weeks before, you are asked whether it still holds."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def words(self) -> Words:
        values = self.cleaned_data
        kept = [one_line(each)[:200] for each in self.data.getlist("kept")[:100]]
        return Words(values["title"], values["question"], values["answer"], values["valid_until"], kept)


class ProlongForm(forms.Form):
    """Until when it holds; empty: until somebody says otherwise."""

    until = forms.DateField(
        required=False, label=gettext_lazy("Holds until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


def refusal_words() -> dict[type[Exception], str]:
    """Each refusal: what is the matter, and what to do next."""
    return {
        TracesLeft: _(
            "Something in it may still name a person. Take out each marked place, or confirm that it "
            "names nobody."
        ),
        ConsentMissing: _("The visitor has not agreed yet. Ask first, and wait for the answer."),
        SamePerson: _("You wrote it, so a colleague has to read and publish it."),
        NotSubmitted: _("Its author has not handed it over yet, or it is published already."),
        NotPublished: _("It is not published."),
        ArticleChanged: _("A colleague changed it a moment ago. Look at it, then press again."),
        NobodyToAsk: _("The account of the visitor is gone, so nobody can agree. It cannot be published."),
    }

"""Words for templates: the local time of an office, icons."""

from datetime import date, datetime, timedelta
from html import escape

from django import template
from django.utils.dateformat import format as date_words
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from loket.offices.clock import ending, local
from loket.offices.explaining import closing
from loket.offices.models import Office
from loket.rules.calendarparts import Interval
from loket.screens import library_html, standing
from loket.screens.deadlines import short, short_until
from loket.screens.parts import groups_for

register = template.Library()

register.simple_tag(library_html.icon)
register.filter("marked", library_html.marked)
register.filter("as_facts", library_html.facts)
register.filter("as_hits", library_html.hits)
register.filter("as_offers", library_html.offers)
register.filter("as_tabs", library_html.tabs)


@register.simple_tag
def constant(name: str):
    """A template that asks for nothing but words: made once for each language, the same on every page."""
    return standing.filled(name, None, {})


@register.simple_tag(takes_context=True)
def of_office(context, name: str, **words):
    """The same for a template that asks for the office and a few words, which are put into its gaps."""
    return standing.filled(name, context.get("office"), words)


@register.simple_tag
def parts_of_manage(roles):
    """The parts of Manage that a person with these roles may open, in their groups."""
    return groups_for(roles)


@register.filter
def control(field, css: str):
    """A form field's control with the class of our styles, and its hint and error tied to it."""
    return field.as_widget(attrs={"class": css})


@register.filter
def as_items(texts, css: str):
    """The items of a list that can be long: a hundred are put together faster here than by a template."""
    begins = f'<li class="{escape(css)}">'
    return mark_safe("".join([f"{begins}{text}</li>" for text in _escaped(texts)]))  # noqa: S308


@register.filter
def as_options(choices):
    """The same for the choices of a list that is not a form's."""
    values, texts = _escaped([str(value) for value, _ in choices]), _escaped([text for _, text in choices])
    items = [f'<option value="{value}">{text}</option>' for value, text in zip(values, texts, strict=True)]
    return mark_safe("".join(items))  # noqa: S308 - all is escaped


def _escaped(texts: list[str]) -> list[str]:
    """Each escaped; all at once, unless one of them has the sign that is put between them."""
    together = "\0".join(texts)
    if together.count("\0") != len(texts) - 1:
        return [escape(text) for text in texts]
    return escape(together).split("\0")


@register.filter
def as_choices(choices, chosen):
    """The choices of a form's list, one of them chosen; each begins with a capital."""
    items = [
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>'
        f"{escape(capfirst(str(text)))}</option>"
        for value, text in choices
    ]
    return mark_safe("".join(items))  # noqa: S308 - all is escaped


@register.filter
def may_be_empty(field) -> bool:
    """Whether to say so beside the label; a list with an answer for "none" says it by itself."""
    choices = getattr(field.field.widget, "choices", [])
    return not field.field.required and not any(value == "" for value, _ in choices)


@register.filter
def clock(at: datetime, office: Office) -> str:
    """10.46 on the office's own clock."""
    return f"{local(office, at):%H.%M}"


@register.filter
def clock_zone(at: datetime, office: Office) -> str:
    """10.46 WIB."""
    return f"{clock(at, office)} {office.zone_name}"


@register.filter
def day_clock(at: datetime, office: Office) -> str:
    """Sen 19 Jan, 15.30, on the office's own clock."""
    return short(office, at)


@register.filter
def day(at: datetime | date, office: Office) -> str:
    """Rabu 14 Januari, on the office's own calendar."""
    return date_words(_date(at, office), "l j F")


@register.filter
def day_year(at: datetime | date, office: Office) -> str:
    """Rabu 14 Januari 2026."""
    return date_words(_date(at, office), "l j F Y")


@register.filter
def until(at: datetime, office: Office) -> str:
    """15.30, or 24.00: when something ends, which is never 00.00 of the next day."""
    return ending(office, at)[1]


@register.filter
def until_zone(at: datetime, office: Office) -> str:
    """24.00 WIB."""
    return f"{until(at, office)} {office.zone_name}"


@register.filter
def until_day(at: datetime, office: Office) -> date:
    """The day that something ends, for the words of days: what ends at 24.00 ends on the day before."""
    return ending(office, at)[0]


@register.filter
def until_day_clock(at: datetime, office: Office) -> str:
    """Sen 19 Jan, 24.00."""
    return short_until(office, at)


@register.filter
def closes(interval: Interval) -> str:
    """The hour at which an opening ends."""
    return closing(interval)


def _date(at: datetime | date, office: Office) -> date:
    return local(office, at).date() if isinstance(at, datetime) else at


@register.filter
def minutes_seconds(time: timedelta) -> str:
    """04.12: minutes and seconds of something that runs."""
    seconds = max(int(time.total_seconds()), 0)
    return f"{seconds // 60:02d}.{seconds % 60:02d}"


@register.filter
def whole_minutes(time: timedelta) -> int:
    """4: for a sentence that names the minutes."""
    return max(int(time.total_seconds()), 0) // 60


@register.filter
def pairs(facts: dict) -> list[tuple[str, object]]:
    """Names and values by name; a template's own `.items` would find a fact of that name instead."""
    return sorted(facts.items())

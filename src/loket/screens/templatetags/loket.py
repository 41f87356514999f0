"""Words for templates: the local time of an office, icons."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

from loket.offices.clock import local
from loket.offices.models import Office

register = template.Library()


@register.simple_tag
def icon(name: str):
    """A picture from the sprite; always beside a word, so hidden from readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons/sprite.svg"), name
    )


@register.filter
def clock(at: datetime, office: Office) -> str:
    """10.46 on the office's own clock."""
    return f"{local(office, at):%H.%M}"


@register.filter
def clock_zone(at: datetime, office: Office) -> str:
    """10.46 WIB."""
    return f"{clock(at, office)} {office.zone_name}"

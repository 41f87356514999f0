"""A year or a span of years, as people write them: 2024, or 2020-2024."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.screens.fields import Line

YEARS = re.compile(r"([0-9]{4})(?:\s*[-–—]\s*([0-9]{4}))?")
FIRST_YEAR, LAST_YEAR = 1900, 2999


class YearsLine(Line):
    """Kept as typed; `first_and_last` says what it means."""

    def __init__(self, **options):
        super().__init__(max_length=20, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        match = YEARS.fullmatch(value)
        if value and not match:
            raise ValidationError(_("Write a year like 2025, or years like 2021-2025."))
        if match and match[2] and match[2] < match[1]:
            raise ValidationError(_("The first year comes before the last one, like 2021-2025."))
        if match and not all(FIRST_YEAR <= int(year) <= LAST_YEAR for year in match.groups() if year):
            raise ValidationError(_("Write years between 1900 and 2999, like 2025 or 2021-2025."))


def first_and_last(typed: str) -> tuple[int | None, int | None]:
    match = YEARS.fullmatch(typed)
    if not match:
        return None, None
    return int(match[1]), int(match[2] or match[1])

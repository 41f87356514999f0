"""What may stand in an address."""

from django.urls import register_converter

from loket.rules import periods


class Token:
    """A key from base.ids or a signed one from feedback.links; anything else is no address of ours.

    PostgreSQL refuses to compare a text with NUL in it, so such an address must not reach a query.
    """

    regex = r"[A-Za-z0-9_.-]{1,200}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Token, "token")


class PeriodOfReport:
    """2026, 2026-11, 2026-11-05 or 2026-11-05..2026-11-20; what is no period is no address."""

    regex = r"\d{4}(?:-\d{2}(?:-\d{2}(?:\.\.\d{4}-\d{2}-\d{2})?)?)?"

    def to_python(self, value: str) -> periods.Period:
        try:
            return periods.parse(value)
        except periods.PeriodWrong as wrong:
            raise ValueError(value) from wrong

    def to_url(self, value: periods.Period | str) -> str:
        return value if isinstance(value, str) else value.text


class FormOfReport:
    """How a report is taken along."""

    regex = "pdf|xlsx|csv|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodOfReport, "period")
register_converter(FormOfReport, "form")

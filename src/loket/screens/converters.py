"""What may stand in an address."""

from django.urls import register_converter


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

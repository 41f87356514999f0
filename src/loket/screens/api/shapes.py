"""What the API takes and gives, as its description (OpenAPI) says it."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """Why there is no answer (RFC 9457)."""

    status: int
    code: Annotated[str, Field(description="A word for programs; the same in every language.")]
    detail: Annotated[str, Field(description="A sentence for people.")]
    fields: Annotated[dict[str, str] | None, Field(description="What is wrong, by parameter.")] = None


class OfficeOut(Schema):
    code: str
    name: str
    unit: str
    parent: Annotated[str | None, Field(description="The code of the office above.")]
    time_zone: str
    address: str
    page: Annotated[str, Field(description="The address of its front page.")]


class Minutes(Schema):
    """Where the middle 80 % of the forecasts end."""

    low: int
    high: int


class HallOut(Schema):
    office: str
    at: datetime
    open: bool
    gives_numbers: Annotated[bool, Field(description="False also when today's numbers are all given.")]
    closes_at: datetime | None
    opens_at: Annotated[datetime | None, Field(description="The next opening, when it is closed.")]
    waiting: Annotated[int, Field(description="People with a number who were not called yet.")]
    wait_minutes: Annotated[Minutes | None, Field(description="For somebody who would come now.")]

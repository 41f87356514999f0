"""What the API takes and gives, as its description (OpenAPI) says it."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from loket.library.models import Kind


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
    waiting: Annotated[
        int,
        Field(
            description="People with a number who were not called yet: in the lines that wait_minutes covers,"
            " or everybody where it is null."
        ),
    ]
    wait_minutes: Annotated[
        Minutes | None,
        Field(description="For whoever comes now, for any service; null while that cannot be told for all."),
    ]


class SearchIn(Schema):
    """What is looked for."""

    office: Annotated[str, Field(description="The code of the office that asks; its own items come first.")]
    words: Annotated[str, Field(max_length=400, description="As a person would write them.")]
    kind: Annotated[Kind | None, Field(description="Only items of this kind.")] = None
    version: Annotated[str, Field(max_length=20, description="Only this edition, such as KBLI 2025.")] = ""
    year_from: Annotated[int | None, Field(ge=1900, le=2100, description="From this year on.")] = None
    year_to: Annotated[int | None, Field(ge=1900, le=2100, description="Until this year.")] = None
    limit: Annotated[int, Field(ge=1, le=50, description="How many at most.")] = 10
    offset: Annotated[int, Field(ge=0, le=1000, description="How many to leave out from the start.")] = 0


class ItemOut(Schema):
    kind: Kind
    title: str
    code: str
    version: str
    area: str
    years: Annotated[list[int] | None, Field(description="The first and the last.")]
    source: Annotated[str, Field(description="Where it lies; empty when it is told here only.")]
    page: Annotated[str, Field(description="The address of its page here.")]


class SearchOut(Schema):
    total: Annotated[int, Field(description="Of those looked at closely, at most a few hundred.")]
    counts: Annotated[dict[str, int], Field(description="How many of each kind.")]
    confident: Annotated[bool, Field(description="Whether the first is likely what was looked for.")]
    suggestion: Annotated[str, Field(description="The words with typing errors repaired, or empty.")]
    notice: Annotated[str, Field(description="What to know about a code, or empty.")]
    pending: Annotated[bool, Field(description="The index is being made: ask again in a minute.")]
    items: list[ItemOut]

"""Rows of the WebAPI as entries: one reader for each of its models."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.base.text import one_line
from loket.library import instants
from loket.library.actions.storing import Entry, Refusal
from loket.library.markup import plain
from loket.library.models import Kind

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Texts of lists are cut; this is how the cut looks.
CUT = re.compile(r"(\.{3,}|…)\s*$")


@dataclass(frozen=True)
class Model:
    """What the WebAPI calls a list, its key, and how its rows are read."""

    name: str
    kind: Kind
    key: str
    title: Callable[[dict[str, Any]], str]
    summary: Callable[[dict[str, Any]], str]
    keywords: Callable[[dict[str, Any]], str] = lambda row: ""
    address: str = ""
    # Newest first, so that an unchanged page ends an incremental run.
    dated: bool = False
    # The column of the detailed view that has what the list cuts off.
    whole: str = ""


def _text(*names: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: "\n".join(filter(None, (plain(row.get(name)) for name in names)))


MODELS = {
    model.name: model
    for model in (
        Model(
            "publication",
            Kind.PUBLICATION,
            "pub_id",
            _text("title"),
            _text("abstract"),
            address="pdf",
            dated=True,
            whole="abstract",
        ),
        Model(
            "pressrelease",
            Kind.RELEASE,
            "brs_id",
            _text("title"),
            _text("abstract"),
            _text("subj"),
            "pdf",
            True,
            "abstract",
        ),
        Model(
            "statictable", Kind.TABLE, "table_id", _text("title"), _text("subj"), address="excel", dated=True
        ),
        Model(
            "var", Kind.VARIABLE, "var_id", _text("title"), _text("def", "notes", "unit"), _text("sub_name")
        ),
        Model("subject", Kind.LINK, "sub_id", _text("title"), _text("subcat")),
        Model("glosarium", Kind.TERM, "glos_id", _text("title"), _text("description"), address="url"),
        Model(
            "news",
            Kind.NEWS,
            "news_id",
            _text("title"),
            _text("news"),
            _text("newscat_name"),
            "",
            True,
            "news",
        ),
        Model("infographic", Kind.INFOGRAPHIC, "inf_id", _text("title"), _text("desc"), address="dl"),
        Model(
            "indicators", Kind.INDICATOR, "indicator_id", _text("title"), _text("name", "data_source", "unit")
        ),
    )
}


@dataclass(frozen=True)
class Shelf:
    """Where the items of a domain belong: scope, office and area."""

    scope: str
    office_id: int | None
    area: str = ""


def key_of(model: Model, row: dict[str, Any]) -> str:
    """Its key among all that is harvested: "publication:p1"."""
    return f"{model.name}:{str(row.get(model.key) or '').strip()}"[:120]


def entry(model: Model, row: Any, *, shelf: Shelf, language: str) -> Entry | Refusal:
    """One row of a list. Refused when it has no key or no title."""
    if not isinstance(row, dict):
        return Refusal(model.name, "the row is no object")
    key, title = str(row.get(model.key) or "").strip(), one_line(model.title(row))
    if not key or not title:
        return Refusal(f"{model.name} {key or '?'}", "it has no key or no title")
    years = [int(year) for year in _YEAR.findall(title)]
    return Entry(
        key=key_of(model, row),
        kind=model.kind,
        title=title[:500],
        summary=model.summary(row),
        keywords=one_line(model.keywords(row))[:500],
        scope=shelf.scope,
        office_id=shelf.office_id,
        area=shelf.area,
        year_from=min(years, default=None),
        year_to=max(years, default=None),
        language=language,
        address=_address(row.get(model.address)) if model.address else "",
        updated_at=_date(row),
    )


def _address(value: Any) -> str:
    text = str(value or "").strip()
    fits = text.lower().startswith(("https://", "http://")) and len(text) <= 1000
    return text if fits and not any(sign.isspace() for sign in text) else ""


def _date(row: dict[str, Any]) -> datetime | None:
    for name in ("updt_date", "rl_date"):
        try:
            return instants.read(str(row.get(name) or ""))
        except ValueError:
            continue
    return None

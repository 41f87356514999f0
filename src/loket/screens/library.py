"""The library on screens: what an address asks for, and what was found, in groups.

The search page, the officer's desk, the form for questions and Manage show the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.base.text import one_line
from loket.library import searching
from loket.library.models import Kind
from loket.library.searching import Results
from loket.offices.models import Office
from loket.screens.library_rows import Row, row_of

PER_PAGE = 20
WHILE_TYPING = 8
# Nobody turns further than this; the engine looks closely at a few hundred items only.
MOST_PAGES = 50
MOST_SIGNS, MOST_SHOWN = 400, 60
FIRST_YEAR, LAST_YEAR = 1900, 2100
SALT = "search"
BELIEVED_FOR = timedelta(days=1)

# The groups of a result in the order of their tabs, with their pictures.
SHELVES: dict[str, tuple[Promise, str]] = {
    Kind.ARTICLE: (_("Already answered"), "message-square-text"),
    Kind.CLASSIFICATION: (_("Classifications"), "tags"),
    Kind.TABLE: (_("Tables"), "table-2"),
    Kind.VARIABLE: (_("Dynamic tables"), "table-2"),
    Kind.PUBLICATION: (_("Publications"), "book-open"),
    Kind.INDICATOR: (_("Indicators"), "chart-column"),
    Kind.TERM: (_("Terms"), "info"),
    Kind.RELEASE: (_("Press releases"), "file-text"),
    Kind.NEWS: (_("News"), "newspaper"),
    Kind.INFOGRAPHIC: (_("Infographics"), "eye"),
    Kind.LINK: (_("Services elsewhere"), "globe"),
}

EXAMPLES = (_("population by age"), _("inflation 2025"), _("KBLI code of a coffee stall"))


@dataclass(frozen=True)
class Wanted:
    """What an address asks for. What cannot be understood is left out, never an error."""

    words: str = ""
    kind: str = ""
    area: str = ""
    years: tuple[int, int] | None = None
    version: str = ""
    page: int = 1

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "Wanted":
        kind = query.get("jenis", "")
        return cls(
            words=one_line(query.get("kata", "")[: 4 * MOST_SIGNS])[:MOST_SIGNS],
            kind=kind if kind in SHELVES else "",
            area=one_line(query.get("wilayah", "")[:MOST_SIGNS])[:120],
            years=_years(query.get("dari", ""), query.get("sampai", "")),
            version=one_line(query.get("versi", "")[:MOST_SIGNS])[:20],
            page=min(max(_whole(query.get("halaman", "")) or 1, 1), MOST_PAGES),
        )

    @property
    def short(self) -> str:
        """The words as a page repeats them."""
        return self.words if len(self.words) <= MOST_SHOWN else f"{self.words[: MOST_SHOWN - 1]}…"

    @property
    def is_filtered(self) -> bool:
        return bool(self.area or self.years or self.version)

    def query(self, **changes) -> str:
        """This question as the end of an address; a change leads back to the first page."""
        wanted = replace(self, **({"page": 1} | changes))
        first, last = wanted.years or ("", "")
        asked = {
            "kata": wanted.words,
            "jenis": wanted.kind,
            "wilayah": wanted.area,
            "dari": first,
            "sampai": last,
            "versi": wanted.version,
            "halaman": wanted.page if wanted.page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def _years(first: str, last: str) -> tuple[int, int] | None:
    years = sorted(year for year in (_whole(first), _whole(last)) if FIRST_YEAR <= year <= LAST_YEAR)
    return (years[0], years[-1]) if years else None


def _whole(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@dataclass
class Group:
    """The hits of one kind on this page."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    # How many there are in all, and the address that shows them.
    count: int = 0
    all_of_them: str = ""

    @property
    def title(self) -> Promise:
        return SHELVES[self.kind][0]

    @property
    def icon(self) -> str:
        return SHELVES[self.kind][1]


@dataclass(frozen=True)
class Tab:
    title: str | Promise
    count: int
    address: str
    current: bool


@dataclass
class Found:
    """A question and what the library has for it, as a page shows it."""

    office: Office
    wanted: Wanted
    results: Results

    @cached_property
    def rows(self) -> list[Row]:
        before = (self.wanted.page - 1) * PER_PAGE
        return [row_of(hit, self.office, before + place) for place, hit in enumerate(self.results.hits, 1)]

    @cached_property
    def groups(self) -> list[Group]:
        """By kind; the kind of the best hit comes first."""
        groups: dict[str, Group] = {}
        for row in self.rows:
            kind = row.hit.kind
            if kind not in groups:
                count = self.results.counts.get(kind, 0)
                groups[kind] = Group(kind, count=count, all_of_them=self.wanted.query(kind=kind))
            groups[kind].rows.append(row)
        return list(groups.values())

    @cached_property
    def tabs(self) -> list[Tab]:
        return list(self._tabs())

    def _tabs(self) -> Iterator[Tab]:
        counts = self.results.counts
        yield Tab(_("All"), sum(counts.values()), self.wanted.query(kind=""), not self.wanted.kind)
        for kind, (title, _icon) in SHELVES.items():
            if counts.get(kind) or kind == self.wanted.kind:
                current = kind == self.wanted.kind
                yield Tab(title, counts.get(kind, 0), self.wanted.query(kind=kind), current)

    @property
    def previous(self) -> str:
        return self.wanted.query(page=self.wanted.page - 1) if self.wanted.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the next page; "" at the end."""
        more = self.wanted.page * PER_PAGE < self.results.total and self.wanted.page < MOST_PAGES
        return self.wanted.query(page=self.wanted.page + 1) if more else ""

    @property
    def suggested(self) -> str:
        return self.wanted.query(words=self.results.suggestion)

    @property
    def again(self) -> str:
        return self.wanted.query()

    @property
    def unfiltered(self) -> str:
        return self.wanted.query(kind="", area="", years=None, version="")

    @property
    def areas(self) -> list[str]:
        """Areas one can narrow down to: those that were named or found, and the chosen one."""
        found = {hit.area for hit in self.results.hits} | {place.name for place in self.results.areas}
        return sorted((found | {self.wanted.area}) - {""})

    @property
    def narrower(self) -> list[tuple[str, str]]:
        """What the question itself names, to narrow down to with one press: (words, address)."""
        areas = () if self.wanted.area else self.results.areas
        return [(place.name, self.wanted.query(area=place.name)) for place in areas]


def find(
    *, office: Office, wanted: Wanted, language: str, as_you_type: bool = False, limit: int = PER_PAGE
) -> Found:
    """What the library has for the question, a page of it or, while somebody types, the first few."""
    limit = WHILE_TYPING if as_you_type else limit
    results = searching.search(
        office=office,
        words=wanted.words,
        kinds=[wanted.kind] if wanted.kind else (),
        area=wanted.area or None,
        years=wanted.years,
        version=wanted.version or None,
        limit=limit,
        offset=(wanted.page - 1) * limit,
        language=language,
        as_you_type=as_you_type,
    )
    return Found(office, wanted, results)


@dataclass(frozen=True)
class Searched:
    """A search that was shown, as its page sends it back when a script says that somebody looked.

    Looking at a page writes nothing, so robots are not counted; the signature keeps figures honest.
    """

    token: str
    words: str
    total: int
    confident: bool
    place: str
    # The index was being made: nobody searched in vain, so nothing is counted.
    pending: bool = False

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)

    @classmethod
    def read(cls, text: str) -> "Searched | None":
        try:
            return cls(**signing.loads(text, salt=SALT, max_age=BELIEVED_FOR))
        except signing.BadSignature:
            return None


def searched(found: Found, *, place: str) -> Searched:
    results = found.results
    words = found.wanted.words
    return Searched(ids.token(), words, results.total, results.confident, place, results.pending)


def ask_address(office: Office, words: str, token: str = "") -> str:
    """Where a question is put to the officers; the words come along, and which search it was."""
    brought = {"kata": words, "cari": token}
    return f"/{office.code}/konsultasi/tanya/?" + urlencode(
        {name: text for name, text in brought.items() if text}
    )

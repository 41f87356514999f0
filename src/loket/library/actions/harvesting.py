"""Taking over the catalogue of a domain of the WebAPI, page by page; an interrupted run goes on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from loket.library.actions import storing
from loket.library.actions.storing import Entry, Outcome, Refusal
from loket.library.harvesting.client import Client, Page
from loket.library.harvesting.readers import CUT, Model, Shelf, entry, key_of
from loket.library.markup import plain
from loket.library.models import Harvest, Item

LANGUAGES = {"id": "ind", "en": "eng"}
# More pages than any domain has: a list that never ends must not either.
MOST_PAGES = 5_000


@dataclass(frozen=True)
class Field:
    """What is harvested: a domain of the WebAPI, its language, and where its items belong."""

    domain: str
    shelf: Shelf
    language: str = "id"
    chain: str = storing.NATIONAL

    @property
    def source(self) -> str:
        return f"webapi:{self.domain}:{self.language}"


def harvest(
    *,
    field: Field,
    model: Model,
    client: Client,
    by: str,
    now: Callable[[], datetime],
    everything: bool = False,
    progress: Callable[[int, int], None] = lambda page, pages: None,
) -> Outcome:
    """Store what a model lists, newest first, until a page of it is known already.

    Without an earlier complete run, or with `everything`, all pages. Each page is stored before the
    next is asked for, and where it stopped is remembered. A run that saw the whole list takes what is
    no longer in it off the shelf. Refuses what the client refuses.
    """
    state, _ = Harvest.objects.get_or_create(source=field.source, model=model.name)
    may_stop = model.dated and state.completed_at is not None and state.next_page == 1 and not everything
    # A run that goes on where another stopped, or that may stop early, does not know what is gone.
    saw_all = state.next_page == 1 and not may_stop
    listed: set[str] = set()
    whole = Outcome()
    for page, answer in _pages(client, model, field, state.next_page):
        rows = list(_entries(answer, model, client, field))
        listed.update(_listed(answer, model))
        outcome = storing.store(source=field.source, rows=rows, by=by, at=now(), chain=field.chain)
        _add(whole, outcome)
        progress(page, answer.pages)
        saw_all = saw_all and page < MOST_PAGES
        if may_stop and not outcome.added and not outcome.changed:
            break
        Harvest.objects.filter(pk=state.pk).update(next_page=page + 1)
    if saw_all:
        whole.withdrawn = _withdraw_unlisted(listed, model, field, by=by, at=now())
    Harvest.objects.filter(pk=state.pk).update(next_page=1, completed_at=now())
    return whole


def _listed(answer: Page, model: Model) -> Iterator[str]:
    """Keys of what is on the page; also of rows that were refused, which are there all the same."""
    return (key_of(model, row) for row in answer.rows if isinstance(row, dict))


def _withdraw_unlisted(listed: set[str], model: Model, field: Field, *, by: str, at: datetime) -> int:
    """Take off what the list no longer has. A list without any row is taken for a stumble of the WebAPI."""
    if not listed:
        return 0
    ours = Item.objects.filter(source=field.source, key__startswith=f"{model.name}:")
    shown = ours.filter(status=Item.Status.PUBLISHED).values_list("key", flat=True)
    gone = sorted(set(shown) - listed)
    return sum(
        storing.withdraw(
            source=field.source, keys=gone[start : start + storing.BATCH], by=by, at=at, chain=field.chain
        )
        for start in range(0, len(gone), storing.BATCH)
    )


def _pages(client: Client, model: Model, field: Field, first: int) -> Iterator[tuple[int, Page]]:
    for page in range(first, MOST_PAGES + 1):
        language = LANGUAGES[field.language]
        answer = client.list(model.name, domain=field.domain, page=page, language=language)
        if answer.rows:
            yield page, answer
        if not answer.rows or page >= answer.pages:
            return


def _entries(answer: Page, model: Model, client: Client, field: Field) -> Iterable[Entry | Refusal]:
    rows = [entry(model, row, shelf=field.shelf, language=field.language) for row in answer.rows]
    if not model.whole:
        return rows
    return [_complete(row, model, client, field) if isinstance(row, Entry) else row for row in rows]


def _complete(row: Entry, model: Model, client: Client, field: Field) -> Entry:
    """The entry with its whole text, asked for only once: lists cut it off."""
    if not CUT.search(row.summary):
        return row
    known = Item.objects.filter(source=field.source, key=row.key, title=row.title).exclude(body="")
    body = known.values_list("body", flat=True).first()  # the key is unique in its source
    if body is None:
        key = row.key.partition(":")[2]
        language = LANGUAGES[field.language]
        view = client.view(model.name, domain=field.domain, key=key, language=language)
        body = plain(view.get(model.whole))
    return replace(row, body=body)


def _add(whole: Outcome, part: Outcome) -> None:
    whole.added += part.added
    whole.changed += part.changed
    whole.unchanged += part.unchanged
    whole.refused += part.refused

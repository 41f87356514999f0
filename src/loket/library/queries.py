"""What lies around an item: the groups above and below a code, the same code in other editions, its like."""

from dataclasses import dataclass

from django.db.models import QuerySet

from loket.library import searching
from loket.library.models import Item, Kind
from loket.library.searching import Hit
from loket.offices.models import Office

# No classification is deeper; a wrong file must not lead around in a circle.
DEEPEST = 8
MOST_CHILDREN = 100
MOST_RELATED = 5


def published() -> QuerySet[Item]:
    return Item.objects.filter(status=Item.Status.PUBLISHED)


def _codes(version: str) -> QuerySet[Item]:
    return published().filter(kind=Kind.CLASSIFICATION, version=version)


def above(item: Item) -> list[Item]:
    """The groups that a code belongs to, the widest first."""
    found: list[Item] = []
    code = item.parent_code
    while code and len(found) < DEEPEST:
        parent = _codes(item.version).filter(code=code).order_by("pk").first()
        if parent is None:
            break
        found.insert(0, parent)
        code = parent.parent_code
    return found


def below(item: Item) -> list[Item]:
    """The codes directly below a group, in their order."""
    if not item.code:
        return []
    return list(_codes(item.version).filter(parent_code=item.code).order_by("code", "pk")[:MOST_CHILDREN])


@dataclass(frozen=True)
class Counterpart:
    """The same code in another edition; with another title it may mean something else."""

    item: Item
    same_title: bool


def elsewhere(item: Item) -> list[Counterpart]:
    """The code in the other editions of its classification, newest first.

    Only the code is compared: no table of correspondence is published with the editions. A code may
    have been given to another activity, so a changed title has to be shown with a caution.
    """
    family = item.version.rpartition(" ")[0]
    if not item.code or not family:
        return []
    others = (
        published()
        .filter(kind=Kind.CLASSIFICATION, code=item.code, version__startswith=f"{family} ")
        .exclude(version=item.version)
        .order_by("-version", "pk")
    )
    return [Counterpart(other, _plain(other.title) == _plain(item.title)) for other in others]


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def related(item: Item, *, office: Office, language: str = "id") -> list[Hit]:
    """Items that the title of this one finds as well, of any kind."""
    found = searching.search(office=office, words=item.title, limit=MOST_RELATED + 4, language=language)
    others = [
        hit for hit in found.hits if hit.item_id != item.pk and not (hit.code and hit.code == item.code)
    ]
    return others[:MOST_RELATED]

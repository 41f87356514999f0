"""The thesaurus of an office: what came with the program, and what people added or changed."""

from django.db.models import Max, Q

from loket.library.language.thesaurus import Thesaurus, shipped
from loket.library.models import Synonym
from loket.offices.models import Office

_kept: dict[int, tuple[object, Thesaurus]] = {}


def thesaurus_of(office: Office) -> Thesaurus:
    """Kept in memory until an entry changes."""
    rows = Synonym.objects.filter(Q(office=None) | Q(office=office))
    stamp = (tuple(rows.aggregate(Max("changed_at"), Max("pk")).values()), rows.count())
    kept = _kept.get(office.pk)
    if kept and kept[0] == stamp:
        return kept[1]
    thesaurus = shipped()
    if stamp[1]:
        thesaurus = thesaurus.copy()
        # An office's own entry is read last and wins.
        for row in sorted(rows, key=lambda row: (row.office_id is not None, row.pk)):
            thesaurus.replace(row.term, row.means.split(","), both_ways=row.both_ways)
    _kept[office.pk] = (stamp, thesaurus)
    return thesaurus

"""The thesaurus of an office: what came with the program, and what people added or changed."""

from django.db.models import Q

from loket.base import sql
from loket.library.language.thesaurus import Thesaurus, shipped
from loket.library.models import Synonym
from loket.library.places import known
from loket.offices.models import Office

# Each search asks for it: whether words or areas were changed here or by another process.
STAMP = """SELECT COUNT(*), MAX(id), MAX(changed_at), (SELECT version FROM live_topic WHERE name = %s)
    FROM library_synonym"""

_kept: dict[int, tuple[object, Thesaurus]] = {}


def thesaurus_of(office: Office) -> Thesaurus:
    """Kept in memory until an entry changes; the register of areas follows by the same question."""
    *stamp, areas = sql.one(STAMP, known.TOPIC)
    known.follow(areas)
    kept = _kept.get(office.pk)
    if kept and kept[0] == stamp:
        return kept[1]
    thesaurus = shipped()
    rows = list(Synonym.objects.filter(Q(office=None) | Q(office=office)) if stamp[0] else ())
    if rows:
        thesaurus = thesaurus.copy()
        # An office's own entry is read last and wins.
        for row in sorted(rows, key=lambda row: (row.office_id is not None, row.pk)):
            thesaurus.replace(row.term, row.means.split(","), both_ways=row.both_ways)
    _kept[office.pk] = (stamp, thesaurus)
    return thesaurus

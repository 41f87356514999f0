"""A file in a conversation, for tests that open doors."""

from loket.consultations.actions import answering, attaching
from loket.consultations.models import Attachment
from tests.cast import MORNING

TABLE = b"tahun,persen\n2025,2.41\n"


def a_file(officer, office, *, content=TABLE, name="inflasi.csv", at=MORNING) -> Attachment:
    return attaching.upload(owner=officer, office=office, blocks=[content], name=name, at=at)


def a_file_in(thread, *, by, at=MORNING) -> Attachment:
    """Sari's note carries a table."""
    file = a_file(by, thread.office, at=at)
    answering.note(consultation=thread, by=by, text="Lihat tabel.", at=at, attachments=[file.token])
    return file

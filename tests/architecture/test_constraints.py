"""What must never be true in the database is refused by the database: each constraint, violated once."""

from copy import deepcopy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Model

from loket.base.models import Event, Replay
from loket.consultations.models import (
    Absence,
    Attachment,
    Consultation,
    ConsultationSeries,
    DataItem,
    Draft,
    Link,
    Message,
    Presence,
    Proposal,
    SavedReply,
    Speciality,
    Turn,
)
from loket.feedback.elements import KEYS
from loket.feedback.models import (
    ComplaintMessage,
    ConfidentialReader,
    FollowUp,
    Invitation,
    Rating,
    Report,
    Response,
)
from loket.library.models import Area, Article, ArticleVersion, Harvest, Item, SearchLog, Shelf, Synonym
from loket.offices.models import CalendarVersion, Recording, Standard
from loket.outbox.models import Mail
from loket.people.models import Consent, Declined, Device
from loket.privacy.models import Breach, DataRequest, Look
from loket.reports.models import DayOrMonth
from loket.visits.actions import calling
from loket.visits.models import Break, NumberSeries, Visit
from tests.cast import MORNING, a_complaint, a_survey, an_office, an_officer, sari_at_counter, take
from tests.consultations.conversation import ask

LATER = MORNING + timedelta(minutes=5)


def a_data_request(hall) -> DataRequest:
    return DataRequest.objects.create(
        office=hall.office, kind="access", proof="code", email="b@surel.example", received_at=MORNING,
        due_at=LATER,
    )  # fmt: skip


def a_breach(hall, **changes) -> Breach:
    return Breach.objects.create(office=hall.office, found_at=MORNING, noted_by="staff:1", **changes)


CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in apps.get_models()
    if model.__module__.startswith("loket.")
    for constraint in model._meta.constraints
}


def again(row: Model, **changes) -> None:
    """Store the row a second time, as it is but for `changes`."""
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def change(row: Model, **changes) -> None:
    """Change the stored row past every action."""
    type(row).objects.filter(pk=row.pk).update(**changes)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once for all: doing it for each constraint took twenty times as long as breaking them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_hall()
        transaction.set_rollback(True)


@pytest.fixture
def hall(built, db):
    """The same hall; what is done to it here is taken back."""
    return deepcopy(built)


def a_hall() -> SimpleNamespace:
    """An office with somebody at counter 1 and somebody waiting, and one row of everything else."""
    office = an_office()
    session = sari_at_counter(office)
    called, waiting = take(office), take(office, at=LATER)
    calling.call_next(session=session, at=LATER)
    called.refresh_from_db()
    question = Consultation.objects.create(office=office, door="hall", question="?", created_at=MORNING)
    asked = ask(office, MORNING)
    rina = an_officer(office, "Rina")
    article = Article.objects.create(office=office, source=asked.token, consent="missing", created_at=MORNING)
    return SimpleNamespace(
        office=office,
        service=office.services.get(),
        session=session,
        called=called,
        waiting=waiting,
        question=question,
        asked=asked,
        turn=Turn.objects.get(consultation=asked),
        file=Attachment.objects.create(
            office=office, name="a.pdf", size=1, type="application/pdf", sha256="0" * 64,
            stored_as="1", created_at=MORNING,
        ),
        item=DataItem.objects.create(consultation=question, position=1, what="Inflasi", found="found"),
        tally=DayOrMonth.objects.create(
            office=office, span="day", first=MORNING.date(), content="{}", counted_at=LATER
        ),
        rina=rina,
        article=article,
        words=ArticleVersion.objects.create(
            article=article, number=1, title="t", question="q", answer="a", author=rina, written_at=MORNING
        ),
        pause=Break.objects.create(session=session, started_at=MORNING),
        rating=Rating.objects.create(office=office, ticket=called, score=5, channel="phone", at=MORNING),
        mail=Mail.objects.create(
            key="1", kind="x", to="budi@surel.example", subject="s", text="t",
            created_at=MORNING, next_try_at=MORNING,
        ),
        standard=Standard.objects.create(
            office=office, version=1, decree="1", content={}, published_at=MORNING
        ),
        clip=Recording.objects.create(
            office=office, clip="id/3", digest="0" * 64, milliseconds=400, recorded_at=MORNING
        ),
        kiosk=Device.objects.create(office=office, kind="kiosk", name="Kios 1"),
        shelf=Shelf.objects.create(id=1),
        area=Area.objects.create(code="3574", name="Kota Probolinggo", level="city"),
        book=Item.objects.create(source="csv", key="1", kind="table", title="Inflasi", shelved=1),
        harvest=Harvest.objects.create(source="webapi:3574:id", model="news"),
        word=Synonym.objects.create(office=office, term="apotek", changed_at=MORNING),
        common=Synonym.objects.create(term="apotek", changed_at=MORNING),
        search=SearchLog.objects.create(office=office, at=MORNING, place="desk", words="x", results=0),
        survey=a_survey(office),
        complaint=a_complaint(office),
    )  # fmt: skip


def twice(model: type[Model], **row) -> None:
    """The same row, stored two times."""
    for _ in range(2):
        model.objects.create(**row)


def a_visit(hall) -> Visit:
    return Visit.objects.create(office=hall.office, day=hall.called.day, at=MORNING, door="desk")


def a_follow_up(hall) -> FollowUp:
    return FollowUp.objects.create(period=hall.survey, key="time", plan="Tambah loket", changed_at=MORNING)


def a_complaint_note(hall) -> ComplaintMessage:
    return ComplaintMessage.objects.create(complaint=hall.complaint, kind="note", text="?", at=MORNING)


def a_reader(hall) -> ConfidentialReader:
    return ConfidentialReader.objects.create(office=hall.office, user=hall.rina, since=MORNING)


def a_report(hall) -> Report:
    return Report.objects.create(period=hall.survey, number=1, figures={}, made_at=MORNING)


VIOLATIONS = {
    "event_seq_once_an_office": lambda hall: again(Event.objects.order_by("seq")[0]),
    "replay_key_once": lambda hall: again(Replay.objects.order_by("pk")[0]),
    "office_zone_known": lambda hall: change(hall.office, zone="Asia/Tokyo"),
    "service_code_once_an_office": lambda hall: again(hall.service, letter="B"),
    "service_letter_once_an_office": lambda hall: again(hall.service, code="lain"),
    "service_letter_a_to_z": lambda hall: change(hall.service, letter="a"),
    "counter_number_once_an_office": lambda hall: again(hall.session.counter),
    "calendar_version_once_an_office": lambda hall: again(CalendarVersion.objects.get()),
    "standard_version_once_an_office": lambda hall: again(hall.standard),
    "recording_once_an_office_and_clip": lambda hall: again(hall.clip),
    "user_email_lower": lambda hall: change(hall.rina, email="Rina@kantor.example"),
    "role_once_a_person_and_office": lambda hall: again(hall.rina.memberships.get()),
    "membership_role_known": lambda hall: change(hall.rina.memberships.get(), role="king"),
    "one_look_a_day_at_a_consultation": lambda hall: [
        Look.objects.create(
            office=hall.office,
            by=hall.rina,
            doing="view",
            subject="user:1",
            at=MORNING,
            day=MORNING.date(),
            consultation=ask(hall.office, MORNING, key="one"),
        )
        for _ in range(2)
    ],
    "declined_once_a_person_and_kind": lambda hall: [
        Declined.objects.create(user=hall.rina, kind="report", at=MORNING) for _ in range(2)
    ],
    "declined_kind_known": lambda hall: Declined.objects.create(user=hall.rina, kind="answer", at=MORNING),
    "consent_of_one_person": lambda hall: Consent.objects.create(
        purpose="survey", notice_version="1", language="id", channel="x", at=MORNING
    ),
    "device_kind_known": lambda hall: change(hall.kiosk, kind="camera"),
    "mail_sent_has_its_time": lambda hall: change(hall.mail, state="sent"),
    "proposal_kind_known": lambda hall: Proposal.objects.create(
        consultation=hall.asked, author=hall.rina, kind="note", text="?", seen=1, at=MORNING
    ),
    "consultation_kind_known": lambda hall: change(hall.question, kind="gossip"),
    "consultation_door_known": lambda hall: change(hall.question, door="window"),
    "consultation_state_known": lambda hall: change(hall.question, state="away", close_reason=""),
    "consultation_closed_has_its_reason": lambda hall: change(hall.question, close_reason=""),
    "consultation_due_with_the_office": lambda hall: change(hall.asked, due_at=None, escalate_at=None),
    "consultation_closing_with_the_visitor": lambda hall: change(hall.asked, close_at=LATER),
    "consultation_escalates_with_the_office": lambda hall: change(hall.question, escalate_at=LATER),
    "consultation_merged_knows_into_what": lambda hall: change(hall.question, close_reason="merged"),
    "consultation_number_once_a_year": lambda hall: again(hall.asked, token="another", key=None),
    "consultation_online_has_its_number": lambda hall: change(hall.question, door="online"),
    "consultation_series_once_a_year": lambda hall: again(ConsultationSeries.objects.get()),
    "turn_number_once": lambda hall: again(hall.turn, ended_at=LATER),
    "one_open_turn_a_consultation": lambda hall: again(hall.turn, number=2),
    "turn_answered_is_met_or_not": lambda hall: change(hall.turn, met=True),
    "turn_answered_has_ended": lambda hall: change(hall.turn, answered_at=LATER, met=True),
    "turn_due_moves_later_only": lambda hall: change(hall.turn, due_at=MORNING),
    "message_kind_known": lambda hall: change(Message.objects.get(), kind="gossip"),
    "note_is_not_public": lambda hall: change(Message.objects.get(), kind="note"),
    "attachment_state_known": lambda hall: change(hall.file, state="perhaps"),
    "attachment_of_a_message_has_its_thread": lambda hall: change(hall.file, message=Message.objects.get()),
    "one_draft_a_person_and_thread": lambda hall: twice(
        Draft, owner=hall.rina, office=hall.office, consultation=hall.asked, saved_at=MORNING
    ),
    "one_draft_of_a_question_a_person_and_office": lambda hall: twice(
        Draft, owner=hall.rina, office=hall.office, saved_at=MORNING
    ),
    "saved_reply_title_once_an_office": lambda hall: twice(
        SavedReply, office=hall.office, title="Salam", text="-", changed_at=MORNING, changed_by="staff:1"
    ),
    "presence_once_a_person": lambda hall: twice(
        Presence, consultation=hall.asked, person=hall.rina, doing="reading", seen_at=MORNING
    ),
    "presence_doing_known": lambda hall: Presence.objects.create(
        consultation=hall.asked, person=hall.rina, doing="asleep", seen_at=MORNING
    ),
    "absence_days_in_order": lambda hall: Absence.objects.create(
        officer=hall.rina, office=hall.office, first=LATER.date(), last=LATER.date() - timedelta(days=1)
    ),
    "speciality_once_a_person_and_office": lambda hall: twice(
        Speciality, officer=hall.rina, office=hall.office, kind="data"
    ),
    "speciality_kind_known": lambda hall: Speciality.objects.create(
        officer=hall.rina, office=hall.office, kind="gossip"
    ),
    "link_once": lambda hall: twice(Link, first=hall.question, second=hall.asked, at=MORNING, by="staff:1"),
    "link_in_order": lambda hall: Link.objects.create(
        first=hall.asked, second=hall.question, at=MORNING, by="staff:1"
    ),
    "item_position_once": lambda hall: again(hall.item),
    "item_found_known": lambda hall: change(hall.item, found="perhaps"),
    "item_years_in_order": lambda hall: change(hall.item, year_from=2025, year_to=2024),
    "series_once_a_day_and_letter": lambda hall: again(NumberSeries.objects.get()),
    "ticket_number_once_a_day": lambda hall: again(hall.waiting, visit=a_visit(hall), token="another"),
    "one_visitor_per_counter": lambda hall: change(
        hall.waiting, state="serving", counter=hall.called.counter, called_at=LATER
    ),
    "ticket_state_known": lambda hall: change(hall.waiting, state="asleep"),
    "ticket_at_counter_has_one": lambda hall: change(hall.waiting, state="called", called_at=LATER),
    "ticket_times_in_order": lambda hall: change(hall.called, started_at=LATER, finished_at=MORNING),
    "ticket_served_has_its_end": lambda hall: change(hall.called, state="served"),
    "one_session_per_counter": lambda hall: again(hall.session, officer=hall.rina),
    "one_session_per_officer": lambda hall: again(hall.session, counter=hall.office.counters.get(number=2)),
    "session_times_in_order": lambda hall: change(hall.session, closed_at=MORNING - timedelta(minutes=1)),
    "one_break_at_a_time": lambda hall: again(hall.pause),
    "rating_from_1_to_5": lambda hall: change(hall.rating, score=6),
    "article_once_a_consultation": lambda hall: again(hall.article, token="another"),
    "article_state_known": lambda hall: change(hall.article, state="lost"),
    "article_of_a_consultation_needs_consent": lambda hall: change(hall.article, consent="needless"),
    "article_published_with_consent": lambda hall: change(hall.article, state="published"),
    "article_version_once": lambda hall: again(hall.words, published_at=MORNING),
    "one_open_version_an_article": lambda hall: again(hall.words, number=2),
    "article_published_by_a_second_person": lambda hall: change(hall.words, published_by=hall.rina),
    "library_key_once_a_source": lambda hall: again(hall.book),
    "library_kind_known": lambda hall: change(hall.book, kind="gossip"),
    "library_status_known": lambda hall: change(hall.book, status="lost"),
    "library_scope_has_its_office": lambda hall: change(hall.book, scope="office"),
    "library_years_in_order": lambda hall: change(hall.book, year_from=2025, year_to=2024),
    "library_area_level_known": lambda hall: change(hall.area, level="planet"),
    "library_one_shelf": lambda hall: change(hall.shelf, id=2),
    "harvest_once_a_source_and_model": lambda hall: again(hall.harvest),
    "synonym_once_an_office": lambda hall: again(hall.word),
    "synonym_once_for_all": lambda hall: again(hall.common),
    "search_place_known": lambda hall: change(hall.search, place="street"),
    "tally_once_an_office_and_span": lambda hall: again(hall.tally),
    "tally_span_known": lambda hall: change(hall.tally, span="year"),
    "tally_of_a_month_begins_it": lambda hall: change(hall.tally, span="month"),
    "rating_of_one_service": lambda hall: change(hall.rating, ticket=None),
    "rating_once_a_closing": lambda hall: [
        Rating.objects.create(
            office=hall.office, consultation=hall.question, closing=1, score=5, channel="portal", at=MORNING
        )
        for _ in range(2)
    ],
    "rating_channel_known": lambda hall: change(hall.rating, channel="shout"),
    "data_request_ended_has_its_time": lambda hall: change(a_data_request(hall), state="done"),
    "data_request_due_after": lambda hall: change(a_data_request(hall), due_at=MORNING),
    "one_open_data_request_of_a_kind": lambda hall: again(a_data_request(hall)),
    "breach_due_after_found": lambda hall: a_breach(hall, due_at=MORNING),
    "rating_marked_with_reason": lambda hall: change(hall.rating, marked_at=MORNING),
    "survey_invitation_of_one_service": lambda hall: Invitation.objects.create(
        period=hall.survey, sent_at=MORNING
    ),
    "survey_days_in_order": lambda hall: change(hall.survey, last=date(2025, 1, 1)),
    "response_number_once_a_period": lambda hall: again(Response.objects.get()),
    "response_channel_known": lambda hall: change(Response.objects.get(), channel="shout"),
    "response_from_1_to_4": lambda hall: change(Response.objects.get(), complaints=5),
    "response_says_something": lambda hall: change(Response.objects.get(), **dict.fromkeys(KEYS)),
    "response_marked_with_reason": lambda hall: change(Response.objects.get(), marked_at=MORNING),
    "follow_up_once_an_element": lambda hall: again(a_follow_up(hall)),
    "follow_up_element_known": lambda hall: change(a_follow_up(hall), key="weather"),
    "complaint_number_once_a_year": lambda hall: again(hall.complaint, code="OTHER"),
    "complaint_state_known": lambda hall: change(hall.complaint, state="lost"),
    "complaint_door_known": lambda hall: change(hall.complaint, door="window"),
    "complaint_forwarded_somewhere": lambda hall: change(hall.complaint, state="not_ours"),
    "complaint_duplicate_has_its_first": lambda hall: change(hall.complaint, state="duplicate"),
    "complaint_decided_has_its_time": lambda hall: change(hall.complaint, state="resolved"),
    "complaint_received_before_entered": lambda hall: change(hall.complaint, received_at=LATER),
    "complaint_message_kind_known": lambda hall: change(a_complaint_note(hall), kind="gossip"),
    "complaint_file_state_known": lambda hall: change(hall.complaint.files.get(), state="lost"),
    "confidential_reader_once": lambda hall: again(a_reader(hall)),
    "survey_report_number_once": lambda hall: again(a_report(hall)),
}


def test_every_constraint_is_violated_here():
    assert set(VIOLATIONS) == set(CONSTRAINTS), "add the new constraint to VIOLATIONS"


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(hall, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        VIOLATIONS[name](hall)

    assert all(word in str(refused.value) for word in what_it_says(name))


def what_it_says(name: str) -> list[str]:
    """SQLite names the columns of a unique constraint, everything else is called by its name."""
    model, constraint = CONSTRAINTS[name]
    if connection.vendor == "postgresql" or isinstance(constraint, CheckConstraint):
        return [name]
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return [f"{model._meta.db_table}.{column}" for column in columns]

"""What respondents and complainants do in a race; verbs of tests.races.people."""


def begin_voices() -> dict:
    """An office with a survey, an invitation to it, and a complaint that was just filed."""
    from loket.feedback.actions import surveys
    from tests.cast import MORNING, a_complaint, a_survey, an_office, an_officer
    from tests.feedback.test_surveys import a_served_visit

    office = an_office()
    survey = a_survey(office, invites=True)
    invitation = surveys.invite(ticket=a_served_visit(office), at=MORNING)
    rina = an_officer(office, "Rina", "supervisor")
    return {
        "survey": survey.pk,
        "invitation": invitation.pk,
        "complaint": a_complaint(office).pk,
        "rina": rina.pk,
    }


def answer_invitation(*, survey: int, invitation: int, key: str) -> str:
    from loket.feedback.actions.surveys import TokenUsed
    from loket.feedback.models import Invitation, Period
    from tests.cast import answer_survey

    try:
        answer_survey(
            Period.objects.select_related("office").get(pk=survey),
            channel="invitation",
            invitation=Invitation.objects.get(pk=invitation),
            key=key,
        )
    except TokenUsed:
        return "TokenUsed"
    return "kept"


def complain_with_key(*, key: str) -> list:
    from loket.feedback.actions import complaints
    from loket.offices.models import Office
    from tests.cast import MORNING

    filed = complaints.file_complaint(
        office=Office.objects.get(code="3574"), words=complaints.Words("Antre lama", "Dua jam."),
        door="web", key=key, at=MORNING,
    )  # fmt: skip
    return [filed.complaint.pk, filed.secret]


def verify_complaint(*, complaint: int, rina: int) -> str:
    from loket.feedback.actions import complaint_moves
    from loket.feedback.actions.complaints import ComplaintMoved
    from loket.feedback.models import Complaint
    from loket.people.models import User
    from tests.cast import MORNING

    by = User.objects.get(pk=rina)
    seen = Complaint.objects.select_related("office").get(pk=complaint)
    seen.version = 1
    try:
        complaint_moves.verify(complaint=seen, category="", handler=by, by=by, at=MORNING)
    except ComplaintMoved:
        return "ComplaintMoved"
    return "verified"


def voices_now() -> dict:
    from loket.base import events
    from loket.feedback.models import Complaint, Response

    return {
        "answers": Response.objects.filter(channel="invitation").count(),
        "numbers": list(Complaint.objects.order_by("number").values_list("number", flat=True)),
        "faults": [str(fault) for fault in events.verify()],
    }


VERBS = {
    each.__name__: each
    for each in (begin_voices, answer_invitation, complain_with_key, verify_complaint, voices_now)
}

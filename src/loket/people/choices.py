"""What the guest book offers to choose from; codes are stored, words are translated.

The lists follow those of the yearly survey of data needs (SKD), so that figures can be compared.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InstitutionKind(TextChoices):
    UNIVERSITY = "university", _("Education or research")
    REGIONAL = "regional", _("Regional government")
    MINISTRY = "ministry", _("Ministry or agency")
    STATE = "state", _("State institution")
    SECURITY = "security", _("Armed forces, police, prosecution")
    STATE_COMPANY = "state_company", _("State-owned company")
    PRIVATE = "private", _("Private company")
    INTERNATIONAL = "international", _("International body")
    OTHER = "other", _("Other, or for myself")


class Sex(TextChoices):
    FEMALE = "female", _("Woman")
    MALE = "male", _("Man")


class AgeBand(TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    TO_25 = "18_25", _("18 to 25")
    TO_34 = "26_34", _("26 to 34")
    TO_44 = "35_44", _("35 to 44")
    TO_54 = "45_54", _("45 to 54")
    TO_65 = "55_65", _("55 to 65")
    OVER_65 = "over_65", _("Over 65")


class Education(TextChoices):
    SCHOOL = "school", _("Up to senior high school")
    DIPLOMA = "diploma", _("Diploma (D1, D2, D3)")
    BACHELOR = "bachelor", _("Bachelor (D4, S1)")
    MASTER = "master", _("Master (S2)")
    DOCTOR = "doctor", _("Doctor (S3)")


class Occupation(TextChoices):
    STUDENT = "student", _("Pupil or student")
    RESEARCHER = "researcher", _("Researcher or lecturer")
    CIVIL_SERVANT = "civil_servant", _("Civil servant, armed forces, police")
    STATE_COMPANY = "state_company", _("Employee of a state-owned company")
    EMPLOYEE = "employee", _("Employee of a private company")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    OTHER = "other", _("Something else")


class Consent(TextChoices):
    """Extras that need a yes of their own; serving a visitor is the office's public task (UU 27/2022, 20)."""

    SURVEY = "survey", _("You may ask me later how satisfied I was.")
    ARTICLE = "article", _("You may publish my question and its answer without my name.")


class OptionalMail(TextChoices):
    """Mails that their readers can stop."""

    SURVEY = "survey", _("Questions how satisfied you were")
    ARTICLE = "article", _("Reminders that ask whether an article still holds")
    REPORT = "report", _("The figures of the month before")

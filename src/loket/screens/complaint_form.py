"""A complaint as a form: on the web, and for what an officer enters from paper, mail or phone."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from loket.feedback.actions import complaint_files
from loket.feedback.actions.complaints import LONGEST_TEXT, Contact, Words
from loket.screens.fields import Day, Line, of_our_time
from loket.screens.once import Once

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.odt,.ods,.txt"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name) -> list[UploadedFile]:
        return files.getlist(name) if files and hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Up to three files; they are kept when the whole form is right."""

    widget = SeveralFiles

    def validate(self, value: list[UploadedFile]) -> None:
        if len(value) > complaint_files.MOST:
            raise forms.ValidationError(_("At most three files."))
        if any(file.size > complaint_files.LARGEST for file in value):
            raise forms.ValidationError(_("A file may have at most 10 megabytes."))


def files_field() -> FilesField:
    return FilesField(
        label=_("Photos, letters, scans"),
        help_text=_("At most three, each up to 10 megabytes: PDF, pictures, office documents, text."),
        required=False,
        widget=SeveralFiles(attrs={"accept": ACCEPTED}),
    )


REFUSED_FILE = _("One of the files is empty or of a kind that is not taken.")


def kept_files(uploaded: list[UploadedFile]) -> tuple[list[complaint_files.Kept], bool]:
    """The files on the disk, and whether one was refused; then none is kept."""
    kept: list[complaint_files.Kept] = []
    try:
        for file in uploaded:
            kept.append(complaint_files.keep(blocks=file.chunks(), name=str(file.name)))
    except complaint_files.NoFile:
        complaint_files.drop_unnamed(kept)
        return [], True
    return kept, False


class WithFiles(forms.Form):
    """Files are written to the disk when the whole form is right, and dropped when that was for nothing."""

    files = files_field()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.kept: list[complaint_files.Kept] = []

    def keep_files(self) -> bool:
        """Write the files to the disk; False, with the reason at the field, when one is not taken."""
        self.kept, refused = kept_files(self.cleaned_data["files"])
        if refused:
            self.add_error("files", REFUSED_FILE)
        return not refused

    def drop_files(self) -> None:
        """Remove those that no complaint names, when it is decided whether one does."""
        complaint_files.drop_unnamed(self.kept)


class ComplaintForm(WithFiles, Once):
    """What happened, and how the complainant can be reached if they like."""

    subject = Line(
        label=_("What is it about?"),
        max_length=150,
        error_messages={"required": _("Write in a few words what it is about.")},
    )
    text = Line(
        label=_("What happened?"),
        help_text=_("When, where, what you expected, and what should happen now."),
        rows=7,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write what happened.")},
    )
    happened_on = forms.DateField(
        label=_("On which day?"),
        required=False,
        validators=[of_our_time],
        widget=Day,
    )
    about = Line(
        label=_("Who of the staff is it about?"),
        help_text=_("Who is named here can neither read nor handle your complaint."),
        required=False,
        max_length=150,
    )
    confidential = forms.BooleanField(
        label=_("This reports a wrongdoing and must stay confidential"),
        help_text=_("Only the few people whom the office named for it will read it."),
        required=False,
    )
    name = Line(label=_("Your name"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("You will get the code, the secret, and word of each answer."),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = Line(label=_("Your phone number"), required=False, max_length=24, hints={"inputmode": "tel"})
    field_order = ["subject", "text", "happened_on", "about", "confidential", "files"]

    def what(self) -> list[forms.BoundField]:
        return [self[name] for name in ("subject", "text", "happened_on", "files")]

    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ("about", "confidential")]

    def reach(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "email", "phone")]

    def words(self) -> Words:
        values = self.cleaned_data
        return Words(
            subject=values["subject"],
            text=values["text"],
            happened_on=values["happened_on"],
            about=values["about"],
            confidential=values["confidential"],
        )

    def contact(self) -> Contact:
        values = self.cleaned_data
        return Contact(values["name"], values["email"].lower(), values["phone"])


class FollowForm(forms.Form):
    """Code and secret, as they stand on the receipt."""

    code = forms.CharField(
        label=_("Code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    secret = forms.CharField(
        label=_("Secret"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class MoreForm(WithFiles, Once):
    """What the complainant adds later."""

    text = Line(
        label=_("Your message"),
        rows=4,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write your message.")},
    )
    field_order = ["text", "files"]


class ObjectionForm(Once):
    text = Line(
        label=_("Why do you not agree?"),
        rows=4,
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write why you do not agree.")},
    )

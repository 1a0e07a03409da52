"""The patient and the insurance."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from criteria.models import Urgency
from criteria.requests.ages import OLDEST_YEARS
from criteria.requests.answers.choices import URGENCIES
from criteria.requests.answers.identifiers import MEMBER_ID, mbi_problem, mbi_text
from criteria.requests.answers.typed import many, one
from criteria.rules.formats import counted
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import Day, Pick, Text, Tick
from criteria.screens.wizard.forms.dose import SEXES
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.people_fields import PersonName, Phone, refuse

LONGEST_NAME = 80


class PatientForm(PageForm):
    """Who the patient is."""

    first_name = PersonName("First name", most=LONGEST_NAME)
    last_name = PersonName("Last name", most=LONGEST_NAME)
    born = Day("Date of birth")
    sex = Pick("Sex", SEXES)
    patient_phone = Phone("Telephone")
    address = Text("Address (optional)", rows=3, most=500)
    email = Text("E-mail (optional)", inputmode="email")
    allergies = Text("Allergies (optional)")

    needed = ("first_name", "last_name", "born", "sex", "patient_phone")

    def prepare(self) -> None:
        """Born in the past, and not more than 120 years ago."""
        born = self.fields["born"]
        assert isinstance(born, Day)  # noqa: S101
        today = self.draft.today
        born.latest = today
        born.earliest = date(today.year - OLDEST_YEARS - 1, today.month, min(today.day, 28))
        born.earliest_is = f"anyone of {OLDEST_YEARS} years was born"

    def names(self) -> tuple[str, ...]:
        """What was confirmed too."""
        return (*super().names(), "confirm_age")

    def clean_email(self) -> str:
        """An address, if any."""
        email: str = self.cleaned_data["email"]
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(
                    "Enter an e-mail address, such as name@example.org."
                ) from None
        return email

    def note(self, name: str) -> Note:
        """The age as a check, and whether it is the one the criteria were answered with."""
        note = super().note(name)
        age = self.draft.age_from_birth
        if name != "born" or note.problems or age is None:
            return note
        text = f"{counted(age, 'year')} old on the date of the request"
        token = self.draft.age_token
        if not token:
            return Note(name=name, text=text)
        ask = (
            f"The criteria were answered with an age of {self.draft.age_typed}. By this date it is "
            f"{age}, and that age is used from here on."
        )
        confirmed = token in many(self.typed, "confirm_age")
        problem = FieldProblem(
            name=name,
            text=ask,
            confirm=token,
            confirm_name="confirm_age",
            is_confirmed=confirmed,
        )
        return Note(name=name, problems=(problem,), text=text)


class CoverageForm(PageForm):
    """The insurance, and how urgent the request is."""

    member_id = Text("Member ID", most=80, wide=False, help_text="As on the insurance card.")
    mbi = Text("Medicare number (MBI)", most=20, wide=False, help_text="Such as 1EG4-TE5-MK73.")
    group_number = Text("Group number (optional)", most=80, wide=False)
    insured_name = PersonName("Insured person, if not the patient (optional)")
    other_coverage = Text("Other insurance (optional)")
    urgency = Pick("How urgent is it?", URGENCIES)
    expedite_certified = Tick(
        "For an expedited request",
        "The prescriber certifies that waiting for a standard decision could seriously jeopardize "
        "the patient's life, health or ability to regain maximum function.",
    )

    needed = ("member_id", "mbi", "urgency")

    def prepare(self) -> None:
        """A Medicare number is asked of Medicare patients only."""
        if self.draft.request.line_of_business != "medicare":
            del self.fields["mbi"]
        else:
            self.fields["member_id"].help_text = (
                "As on the card of the Medicare Advantage plan. With original Medicare it is the "
                "Medicare number."
            )

    def is_asked(self, name: str) -> bool:
        """The certification belongs to an expedited request."""
        return name != "expedite_certified" or one(self.typed, "urgency") == Urgency.EXPEDITED

    def clean_member_id(self) -> str:
        """No insurer's length is assumed."""
        found: str = self.cleaned_data["member_id"]
        if found and not MEMBER_ID.fullmatch(found):
            raise ValidationError("A member ID has 2 to 80 letters, digits, hyphens or spaces.")
        return found

    def clean_mbi(self) -> str:
        """The form of a Medicare number, as it stands on the card."""
        found: str = self.cleaned_data["mbi"]
        refuse(mbi_problem(found) if found else "")
        return mbi_text(found) if found else ""

    def echo(self, name: str) -> str:
        """A Medicare number that was typed without its dashes."""
        found = self.values.get("mbi") if name == "mbi" else None
        return f"= {found}" if found and found != one(self.typed, "mbi") else ""

    def note(self, name: str) -> Note:
        """Expedited needs the prescriber's certification."""
        note = super().note(name)
        if name != "expedite_certified" or self.values.get("urgency") != Urgency.EXPEDITED:
            return note
        if self.values.get("expedite_certified"):
            return note
        text = "An expedited request needs this certification. Tick it, or choose standard."
        return Note(name=name, problems=(FieldProblem(name=name, text=text),))

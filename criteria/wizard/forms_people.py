"""Patient, insurance, prescriber and place of treatment."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from criteria.models import Urgency
from criteria.rules import Role
from criteria.wizard.fields import BLANK, Day, Pick, Text, Tick, YesNo
from criteria.wizard.forms import Note, PageForm, Problem
from criteria.wizard.forms_dose import SEXES
from criteria.wizard.identifiers import (
    MEMBER_ID,
    mbi_problem,
    npi_problem,
    phone_problem,
)
from criteria.wizard.readings import name_of
from criteria.wizard.typed import many, one

NAME = re.compile(r"[^\W\d_][^\d_<>@#$%^*=+{}\[\]\\|/:;\"]*")
LONGEST_NAME = 80
OLDEST_YEARS = 120
CREDENTIALS = (BLANK, *((c, c) for c in ("MD", "DO", "NP", "PA")), ("other", "Other"))
SPECIALTIES = (
    "Allergy and immunology",
    "Cardiology",
    "Dermatology",
    "Endocrinology",
    "Family medicine",
    "Hematology",
    "Infectious disease",
    "Internal medicine",
    "Neonatology",
    "Neurology",
    "Obstetrics",
    "Oncology",
    "Ophthalmology",
    "Pediatrics",
    "Pulmonology",
    "Rheumatology",
    "Transplantation",
)
SPECIALTY_CHOICES = (BLANK, *((s, s) for s in SPECIALTIES), ("other", "Other"))
PLACES = (
    ("home", "At home, by a nurse"),
    ("self", "At home, by the patient"),
    ("office", "Prescriber's office"),
    ("outpatient", "Infusion centre"),
    ("hospital-outpatient", "Hospital, outpatient"),
    ("inpatient", "Hospital, inpatient"),
)
POS_CODES = (
    ("", "Not stated"),
    ("11", "11 Office"),
    ("12", "12 Home"),
    ("19", "19 Off-campus outpatient hospital"),
    ("21", "21 Inpatient hospital"),
    ("22", "22 On-campus outpatient hospital"),
    ("24", "24 Ambulatory surgical centre"),
    ("49", "49 Independent clinic"),
)
URGENCIES = (
    (Urgency.STANDARD.value, "Standard"),
    (Urgency.EXPEDITED.value, "Expedited: waiting could harm the patient"),
)


def refuse(problem: str) -> None:
    """Raise what is wrong with an identifier, if anything is."""
    if problem:
        raise ValidationError(problem)


class PersonName(Text):
    """Letters of any script, spaces, hyphens and apostrophes."""

    def validate(self, value: str) -> None:
        """Refuse digits and signs."""
        super().validate(value)
        if value and not NAME.fullmatch(value):
            raise ValidationError("Use letters, spaces, hyphens and apostrophes only.")


class Phone(Text):
    """Ten digits, however they are written."""

    def __init__(self, label: str) -> None:
        """Drawn as a telephone field."""
        super().__init__(label, wide=False, most=40, inputmode="tel")

    def validate(self, value: str) -> None:
        """Refuse anything but ten digits."""
        super().validate(value)
        refuse(phone_problem(value) if value else "")


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
        text = f"{age} {'year' if age == 1 else 'years'} old on the date of the request"
        other = self._age_answered()
        if other is None or other == age:
            return Note(name=name, text=text)
        token = f"{age}-not-{other}"
        ask = (
            f"The criteria were answered with an age of {other}. By this date it is {age}, "
            "and that age is used from here on."
        )
        confirmed = token in many(self.typed, "confirm_age")
        problem = Problem(name=name, text=ask, confirm=token, is_confirmed=confirmed)
        return Note(name=name, problems=(problem,), text=text)

    def _age_answered(self) -> int | None:
        """The age typed for the criteria or with the dose."""
        question = self.draft.question(Role.AGE_YEARS)
        typed = "" if question is None else one(self.typed, name_of(question))
        text = typed or one(self.typed, "age")
        return int(text) if text.isdecimal() and len(text) < 4 else None


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
        """The form of a Medicare number."""
        found: str = self.cleaned_data["mbi"]
        refuse(mbi_problem(found) if found else "")
        return found

    def note(self, name: str) -> Note:
        """Expedited needs the prescriber's certification."""
        note = super().note(name)
        if name != "expedite_certified" or self.values.get("urgency") != Urgency.EXPEDITED:
            return note
        if self.values.get("expedite_certified"):
            return note
        text = "An expedited request needs this certification. Tick it, or choose standard."
        return Note(name=name, problems=(Problem(name=name, text=text),))


class PrescriberForm(PageForm):
    """Who prescribes, and who was consulted."""

    prescriber_name = PersonName("Prescriber's name")
    credential = Pick("Credential", CREDENTIALS, as_list=True)
    npi = Text("NPI", most=20, wide=False, inputmode="numeric", help_text="10 digits.")
    specialty = Pick("Specialty", SPECIALTY_CHOICES, as_list=True)
    specialty_other = Text("Which other specialty or credential?")
    office_phone = Phone("Office telephone")
    office_fax = Phone("Office fax (optional)")
    office_contact = PersonName("Person to ask (optional)")
    consultant_name = PersonName("Name of the specialist")
    consultant_specialty = Text("Specialty")
    consultant_on = Day("Date of the consultation")

    sections = (
        (
            "",
            (
                "prescriber_name",
                "credential",
                "npi",
                "specialty",
                "specialty_other",
                "office_phone",
                "office_fax",
                "office_contact",
            ),
        ),
        (
            "Specialist who was consulted, if any",
            ("consultant_name", "consultant_specialty", "consultant_on"),
        ),
    )
    needed = ("prescriber_name", "credential", "npi", "specialty", "office_phone")
    consultant = ("consultant_name", "consultant_specialty", "consultant_on")

    def prepare(self) -> None:
        """A consultation lies before the request."""
        day = self.fields["consultant_on"]
        assert isinstance(day, Day)  # noqa: S101
        day.latest, day.latest_is = self.draft.request_date, "the date of the request"

    def is_asked(self, name: str) -> bool:
        """The other specialty is named only where it is another."""
        others = {one(self.typed, "specialty"), one(self.typed, "credential")}
        return name != "specialty_other" or "other" in others

    def clean_npi(self) -> str:
        """Ten digits with a right check digit."""
        found: str = self.cleaned_data["npi"]
        refuse(npi_problem(found) if found else "")
        return found

    def note(self, name: str) -> Note:
        """A specialist is named with specialty and date, or not at all."""
        note = super().note(name)
        if name not in self.consultant or note.problems or one(self.typed, name):
            return note
        if not any(one(self.typed, other) for other in self.consultant):
            return note
        text = "Give name, specialty and date of the consultation, or leave all three empty."
        return Note(name=name, problems=(Problem(name=name, text=text),))


class SiteForm(PageForm):
    """Where immune globulin is given."""

    place = Pick("Where will it be given?", PLACES)
    home_appropriate = YesNo("If at home: has the physician determined that this is appropriate?")
    place_of_service = Pick("Place-of-service code (optional)", POS_CODES, as_list=True)
    facility = Text("Facility or infusion provider (optional)")
    pharmacy = Text("Dispensing pharmacy (optional)")
    buy_and_bill = YesNo("Does the practice buy and bill? (optional)")

    needed = ("place", "home_appropriate")

    def prepare(self) -> None:
        """Medicare asks about the home."""
        if self.draft.request.line_of_business != "medicare":
            del self.fields["home_appropriate"]

    def is_asked(self, name: str) -> bool:
        """The question about the home counts at home only."""
        return name != "home_appropriate" or one(self.typed, "place") in ("home", "self")

    def is_needed(self, name: str) -> bool:
        """As far as it is asked."""
        return super().is_needed(name) and self.is_asked(name)

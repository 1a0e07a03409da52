"""The prescriber and the place of treatment."""

from collections.abc import Iterator
from dataclasses import replace

from criteria.requests.answers.choices import BLANK
from criteria.requests.answers.identifiers import npi_problem
from criteria.requests.answers.typed import one
from criteria.requests.assessment.disagreements.finding import live_leaves
from criteria.requests.assessment.disagreements.specialty import is_specialist
from criteria.requests.case import SiteOfCare
from criteria.requests.marks import MARKS
from criteria.rules import FactRole, Finding, FindingState, Leaf
from criteria.rules.explain import answer_text, citation_text, reason_text
from criteria.rules.guidance import leaves
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import Day, Pick, Text, YesNo
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.people_fields import PersonName, Phone, refuse

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
PLACES = tuple((place.value, place.words) for place in SiteOfCare)
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
    consulted = YesNo("Was a specialist consulted?")
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
            ("consulted", "consultant_name", "consultant_specialty", "consultant_on"),
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

    def is_needed(self, name: str) -> bool:
        """A specialist where the criteria ask for one and the prescriber's specialty is another."""
        if name == "consulted":
            return self._asks_for_specialist and not self._is_anything_said
        if name in self.consultant:
            return one(self.typed, "consulted") == "yes"
        return super().is_needed(name)

    @property
    def _is_anything_said(self) -> bool:
        return any(one(self.typed, name) for name in self.consultant)

    @property
    def _asks_for_specialist(self) -> bool:
        """Whether a criterion that applies asks for one, and the prescriber named is none."""
        found, case = self.draft.assessment, self.draft.case
        if found is None or not case.specialty:
            return False
        asked = live_leaves(found.trees, FactRole.SPECIALIST)
        return any(not is_specialist(leaf.question, case) for leaf in asked)

    def clean_npi(self) -> str:
        """Ten digits with a right check digit."""
        found: str = self.cleaned_data["npi"]
        refuse(npi_problem(found) if found else "")
        return found

    def note(self, name: str) -> Note:
        """A specialist is named with specialty and date, or not at all."""
        note = super().note(name)
        if name == "consulted" and one(self.typed, name) == "no" and self._is_anything_said:
            text = "A specialist is named below. Choose yes, or clear the three fields."
            return Note(name=name, problems=(FieldProblem(name=name, text=text),))
        if name not in self.consultant or note.problems or one(self.typed, name):
            return note
        if not self._is_anything_said:
            return note
        text = "Give name, specialty and date of the consultation, or leave all three empty."
        return Note(name=name, problems=(FieldProblem(name=name, text=text),))


class SiteForm(PageForm):
    """Where immune globulin is given."""

    place = Pick("Where will it be given?", PLACES)
    place_of_service = Pick("Place-of-service code (optional)", POS_CODES, as_list=True)
    facility = Text("Facility or infusion provider (optional)")
    pharmacy = Text("Dispensing pharmacy (optional)")
    buy_and_bill = YesNo("Does the practice buy and bill? (optional)")

    needed = ("place",)

    def note(self, name: str) -> Note:
        """The place, held against what the criteria were answered with, and what it rules out."""
        note = super().note(name)
        if name != "place" or note.problems:
            return note
        if text := self._other_place():
            return Note(name=name, problems=(FieldProblem(name=name, text=text),))
        why = self._why_not()
        return replace(note, mark=MARKS[FindingState.NOT_MET], text=why) if why else note

    def _other_place(self) -> str:
        """What does not fit where the criteria ask whether it is given at home."""
        place, question = self.draft.place, self.draft.question(FactRole.GIVEN_AT_HOME)
        asked = [q for page in self.walk.pages if page.criteria for q in page.criteria.questions]
        if place is None or question is None or question not in asked:
            return ""
        answer = self.draft.answers.get(question.key)
        if answer is None or answer is place.is_home:
            return ""
        where = "is not the patient's home" if answer else "is the patient's home"
        return (
            f"This place {where}, but the criteria were answered otherwise "
            f"({question.wording} {answer_text(question, answer)}). Change one of the two."
        )

    def _why_not(self) -> str:
        """The rules that this place brings into force, where they are not met."""
        found = self.draft.assessment
        if found is None or self.draft.place is None:
            return ""
        said = (line for tree in found.trees for line in by_place(tree))
        return " ".join(
            f"{line.node.title}: {reason_text(line, found.facts)} "
            f"({citation_text(line.node.citation)})."
            for line in said
        )


def by_place(finding: Finding) -> Iterator[Finding]:
    """The criteria that are not met, and apply because of the place."""
    condition = finding.condition
    node = None if condition is None else condition.node
    if isinstance(node, Leaf) and node.question.role is FactRole.GIVEN_AT_HOME:
        yield from (
            each for each in leaves(finding.members[0]) if each.state is FindingState.NOT_MET
        )
        return
    for member in finding.members:
        yield from by_place(member)

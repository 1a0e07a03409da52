"""Weight, product and dose."""

from dataclasses import replace

from django.core.exceptions import ValidationError

from criteria.dosing import GuardSeverity, Limit, Route, Sex
from criteria.dosing.figures import grams_text, kg_text, mg_per_kg_text
from criteria.policies.product_names import read_product
from criteria.requests.ages import OLDEST_YEARS
from criteria.requests.answers.choices import BASES, BLANK, DOSE_UNITS, INTERVALS
from criteria.requests.answers.criteria_pages import dose_questions
from criteria.requests.answers.typed import one
from criteria.requests.approvals import APPROVED_BEFORE, approved_text
from criteria.requests.assessment.gates import route_text
from criteria.requests.dose import earlier as before
from criteria.requests.dose.figures import COURSES_BEFORE
from criteria.requests.dose.second_part import FIELDS, OPEN
from criteria.requests.dose.values import OTHER, is_last_day_said, number_counts, token_of
from criteria.requests.marks import EXCLUDED, MARKS, StateMark
from criteria.rules import FactRole, FindingState, QuestionDefinition
from criteria.rules.formats import joined
from criteria.screens.field_problem import FieldProblem, Note
from criteria.screens.fields import LONGEST_NOTES, Day, Number, Pick, Text, YesNo
from criteria.screens.wizard.forms.earlier import EarlierForm
from criteria.screens.wizard.forms.second_part import SECOND_ROWS, SECOND_UNITS, SecondPartForm
from criteria.screens.wizard.words import cited

SEXES = (
    (Sex.FEMALE.value, "Female"),
    (Sex.MALE.value, "Male"),
    (Sex.OTHER.value, "Other or not known"),
)
WEIGHT_UNITS = (("kg", "kg"), ("lb", "lb"))
HEIGHT_UNITS = (("", "unit"), ("cm", "cm"), ("in", "inches"), ("ft", "feet and inches"))
# The amounts of the first part and of the second.
DOSES = ("dose", "then_dose")
ROUTES = ((Route.IV.value, "Into a vein (IV)"), (Route.SC.value, "Under the skin (SC)"))


class DoseForm(EarlierForm, SecondPartForm):
    """Weight first, then the product, then how much and how often."""

    weight = Number("Weight")
    weight_unit = Pick("Unit of weight", WEIGHT_UNITS)
    weight_on = Day("Measured on")
    height = Text("Height (optional)", wide=False, help_text="Such as 175, or 5'9\".")
    height_unit = Pick("Unit of height", HEIGHT_UNITS, as_list=True)
    sex = Pick("Sex (optional)", SEXES, help_text="For the ideal weight only.")
    age = Number("Age in years (optional)", least=0, most=OLDEST_YEARS, whole=True)
    product = Pick("Product", as_list=True)
    other_product = Text("Name of the other product")
    route = Pick("Route", ROUTES)
    dose = Number("Amount")
    dose_unit = Pick("Unit of amount", DOSE_UNITS, as_list=True)
    basis = Pick("Counted", BASES, as_list=True)
    days = Number("Days in a course", whole=True)
    consecutive = YesNo("On days in a row?")
    interval = Number("A course every", least=1, most=400, whole=True)
    interval_unit = Pick("Unit of time", INTERVALS, as_list=True)
    courses = Number("Number of courses (optional)", least=1, most=400, whole=True)
    courses_before = Number(
        "Courses given before, not approved here",
        least=0,
        most=1000,
        whole=True,
        help_text="Of this treatment, anywhere. Those approved here for your practice are counted "
        "already. 0 if there were none.",
    )
    months = Number("Months of treatment asked for", least=1, most=60, whole=True)
    induction = YesNo("Is this an induction course?")
    last_dose_on = Day("Planned day of the last dose")
    interval_reason = Text(
        "Reason for another interval (optional)",
        rows=3,
        most=LONGEST_NOTES,
        help_text="For example another severe illness. A reviewer reads it; it changes no limit.",
    )

    sections = (
        ("Weight", ("weight", "weight_unit", "weight_on", "height", "height_unit", "sex", "age")),
        ("Product", ("product", "other_product", "route")),
        ("Immune globulin before", before.FIELDS),
        (
            "Dose asked for",
            (
                "dose",
                "dose_unit",
                "basis",
                "days",
                "consecutive",
                "interval",
                "interval_unit",
                "courses",
                "months",
                "courses_before",
                "induction",
                "last_dose_on",
                "interval_reason",
            ),
        ),
        ("After that", (OPEN, *FIELDS)),
    )
    rows = (
        ("weight", "weight_unit", "weight_on"),
        ("height", "height_unit"),
        ("sex", "age"),
        before.DOSE,
        before.LEVELS,
        ("dose", "dose_unit", "basis"),
        ("days", "consecutive"),
        ("interval", "interval_unit"),
        ("courses", "months"),
        *SECOND_ROWS,
    )
    units = {
        "weight": "weight_unit",
        "height": "height_unit",
        "dose": "dose_unit",
        "interval": "interval_unit",
        "earlier_interval": "earlier_interval_unit",
        **SECOND_UNITS,
    }
    needed = (
        "weight",
        "weight_unit",
        "weight_on",
        "product",
        "dose",
        "dose_unit",
        "basis",
        "days",
        "interval_unit",
        "months",
    )

    def questions(self) -> tuple[QuestionDefinition, ...]:
        """What the limits depend on and no criterion asks."""
        edition = self.draft.edition
        return () if edition is None else dose_questions(edition, self.draft.pathway)

    def prepare(self) -> None:
        """Offer the products of the policy; ask for clocks and induction only where they count."""
        super().prepare()
        self.order_fields([name for _, names in self.sections for name in names])
        self._offer_products()
        if not any(limit.only_induction for limit in self._limits):
            del self.fields["induction"]
        if not any(limit.until_event or limit.through_day_of_therapy for limit in self._limits):
            del self.fields["last_dose_on"]
        if not self.draft.counts_courses_before:
            del self.fields[COURSES_BEFORE]
        if self.is_needed("courses"):
            self.fields["courses"].label = "Number of courses"
        age = self.draft.question(FactRole.AGE_YEARS)
        asked = age is not None and age.key in self.places
        if asked or self.draft.age_from_birth is not None:
            del self.fields["age"]
        if (last := self.fields.get("last_dose_on")) is not None:
            assert isinstance(last, Day)  # noqa: S101
            last.earliest = self.draft.request_date
            last.earliest_is = "the date of the request"
        for name in ("weight_on",):
            day = self.fields[name]
            assert isinstance(day, Day)  # noqa: S101
            day.latest, day.latest_is = self.draft.request_date, "the date of the request"
            if self.draft.born is not None:
                day.earliest, day.earliest_is = self.draft.born, "the patient was born"

    def _offer_products(self) -> None:
        field = self.fields["product"]
        assert isinstance(field, Pick)  # noqa: S101
        products = () if self.draft.edition is None else self.draft.edition.products.values()
        allowed = [(p.key, p.name) for p in products if not p.excluded]
        excluded = [
            (p.key, f"{EXCLUDED.sign} {p.name} – excluded by this policy")
            for p in products
            if p.excluded
        ]
        field.choices = [BLANK, *allowed, *excluded, (OTHER, "Another product")]

    def is_asked(self, name: str) -> bool:
        """The name of another product, and courses, only where they count."""
        if name == "other_product":
            return one(self.typed, "product") == OTHER
        if name in FIELDS:
            return self.is_second_asked(name)
        if name == "courses":
            return one(self.typed, "interval_unit") != "once"
        return super().is_asked(name)

    def is_needed(self, name: str) -> bool:
        """What the limits of this pathway turn on; a course that comes once needs no interval."""
        if name in FIELDS:
            return self.is_second_needed(name)
        repeats = one(self.typed, "interval_unit") != "once"
        turns = {
            "other_product": one(self.typed, "product") == OTHER,
            "route": self._has_several_routes,
            "consecutive": self._runs_on_count and one(self.typed, "days") != "1",
            "interval": repeats,
            "courses": repeats and (self.has_second_part or self._number_counts),
            "induction": repeats or self.has_second_part,
            COURSES_BEFORE: self._binds_route,
        }
        return turns[name] if name in turns else super().is_needed(name)

    def is_needed_of_second(self, name: str) -> bool:
        """What the limits of this pathway turn on counts for what follows, too."""
        if name == "then_consecutive":
            return self._runs_on_count and one(self.typed, "then_days") != "1"
        return name != "then_courses" or self._number_counts

    @property
    def _limits(self) -> tuple[Limit, ...]:
        return () if self.draft.pathway is None else self.draft.pathway.dose.limits

    @property
    def _runs_on_count(self) -> bool:
        return any(limit.consecutive_days for limit in self._limits)

    @property
    def _binds_route(self) -> bool:
        """A limit for intravenous use alone says nothing of another route."""
        pathway, route = self.draft.pathway, self.draft.dose.route
        return pathway is not None and not (pathway.dose.iv_only and route is Route.SC)

    @property
    def _number_counts(self) -> bool:
        """The day of the last dose says as much as the number of courses."""
        request = self.draft.dose.request
        is_said = request is not None and is_last_day_said(request)
        return not is_said and any(map(number_counts, self._limits))

    @property
    def _has_several_routes(self) -> bool:
        """One that a product of the policy is given by alone is known with the product."""
        edition, key = self.draft.edition, one(self.typed, "product")
        product = None if edition is None else edition.products.get(key)
        return product is None or len(product.routes) > 1

    def names(self) -> tuple[str, ...]:
        """The fields, their questions, and what was confirmed."""
        return (*super().names(), "confirm")

    def clean_other_product(self) -> str:
        """A product of the list is chosen there, so that an exclusion is not missed."""
        typed: str = self.cleaned_data["other_product"]
        if typed and self.draft.edition is not None:
            read = read_product(self.draft.edition, typed)
            if read.product or (read.candidates and not read.is_alike):
                names = joined(read.names, "and")
                raise ValidationError(f"{names} is in the list of products: choose it there.")
        return typed

    def note(self, name: str) -> Note:
        """What is wrong or doubtful, else what was understood."""
        note = super().note(name)
        asked = tuple(
            FieldProblem(
                name=name,
                text=" ".join(filter(None, (guard.message, guard.suggestion))),
                confirm=token_of(guard) if guard.severity is GuardSeverity.CONFIRM else "",
                is_confirmed=is_confirmed and guard.severity is GuardSeverity.CONFIRM,
            )
            for field, guard, is_confirmed in self.draft.dose.guards
            if field == name
        )
        if not asked or note.problems:
            return replace(note, mark=self._before(name, note))
        return Note(name=name, problems=asked, mark=note.mark, text=note.text)

    def _before(self, name: str, note: Note) -> StateMark | None:
        """What stands before the note: an exclusion, or a route that is a reviewer's matter."""
        if name == "route" and note.text:
            return MARKS[FindingState.FOR_REVIEWER]
        return EXCLUDED if self._is_excluded(name) else note.mark

    def _is_excluded(self, name: str) -> bool:
        edition, key = self.draft.edition, one(self.typed, "product")
        product = None if edition is None else edition.products.get(key)
        return name == "product" and product is not None and product.excluded

    def echo(self, name: str) -> str:
        """What a figure means in the units of the policy."""
        if name in DOSES:
            return self._dose(DOSES.index(name))
        said = {
            "weight": self._weight,
            "product": self._product,
            "route": self._route,
            COURSES_BEFORE: self._approved,
        }
        return said[name]() if name in said else ""

    def _weight(self) -> str:
        dose = self.draft.dose
        if dose.weight_kg is None:
            return ""
        return f"= {kg_text(dose.weight_kg)}" if self.values.get("weight_unit") == "lb" else ""

    def _product(self) -> str:
        """What is known of the product, an exclusion first."""
        edition = self.draft.edition
        key = self.values.get("product")
        product = None if edition is None or not key else edition.products.get(key)
        if product is None:
            if key == OTHER:
                return (
                    "Not in the policy's list: its package insert applies, and a reviewer decides."
                )
            return ""
        if product.excluded:
            return f"{product.exclusion_words} {cited(product.exclusion_lines)}".strip()
        sizes = ", ".join(f"{size.normalize():f}" for size in product.vial_sizes_g)
        code = product.code_on(self.draft.request_date)
        billed = f"{code}, {product.billing_unit_mg} mg a unit" if code else ""
        return " · ".join(filter(None, (f"vials {sizes} g", billed, product.note)))

    def _route(self) -> str:
        """That the policy does not list the product with the route typed."""
        edition, dose = self.draft.edition, self.draft.dose
        if edition is None:
            return ""
        product = None if dose.product is None else edition.products[dose.product]
        is_excluded = product is not None and product.excluded
        return "" if is_excluded else route_text(edition, product, dose.route)

    def _approved(self) -> str:
        """What is counted already."""
        return f"{APPROVED_BEFORE}: {approved_text(self.draft, self.draft.approved)}"

    def _dose(self, position: int) -> str:
        """The course in the other unit: grams and mg/kg are always both in sight."""
        assessment = self.draft.assessment
        if assessment is None or len(assessment.dose.parts) <= position:
            return ""
        part = assessment.dose.parts[position]
        per_kg, grams = part.mg_per_kg, part.grams
        if per_kg is None or grams is None:
            return ""
        return f"= {grams_text(grams)}, {mg_per_kg_text(per_kg)} a course"

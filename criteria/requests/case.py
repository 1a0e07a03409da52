"""A request as the rules see it, and the words of what is found of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from zlib import crc32

from criteria.dosing import NONE_STATED, DoseRequest, EarlierCourses, EarlierTreatment, Vials
from criteria.dosing.limits import Route
from criteria.policies.edition import ProductDefinition
from criteria.requests.ages import years_between
from criteria.rules import Answer, FindingState
from criteria.rules.terms import TherapyPhase


class SiteOfCare(StrEnum):
    """Where immune globulin is given."""

    HOME = "home"
    SELF = "self"  # at home, by the patient
    OFFICE = "office"
    OUTPATIENT = "outpatient"
    HOSPITAL_OUTPATIENT = "hospital-outpatient"
    INPATIENT = "inpatient"

    @property
    def words(self) -> str:
        """As a person reads it."""
        return _PLACES[self]

    @property
    def is_home(self) -> bool:
        """Whether it is the patient's home, whoever gives it."""
        return self in (SiteOfCare.HOME, SiteOfCare.SELF)


_PLACES = {
    SiteOfCare.HOME: "At home, by a nurse",
    SiteOfCare.SELF: "At home, by the patient",
    SiteOfCare.OFFICE: "Prescriber's office",
    SiteOfCare.OUTPATIENT: "Infusion centre",
    SiteOfCare.HOSPITAL_OUTPATIENT: "Hospital, outpatient",
    SiteOfCare.INPATIENT: "Hospital, inpatient",
}


class GateKind(StrEnum):
    """Things that are settled before any criterion is asked."""

    INDICATION = "indication"
    PATHWAY = "pathway"
    PRODUCT = "product"
    CODE = "code"
    CONTRADICTION = "contradiction"

    @property
    def subject(self) -> str:
        """What it is about, as a person reads it."""
        return _GATES[self]


_GATES = {
    GateKind.INDICATION: "Diagnosis",
    GateKind.PATHWAY: "Set of criteria",
    GateKind.PRODUCT: "Product",
    GateKind.CODE: "Diagnosis codes",
    GateKind.CONTRADICTION: "Contradiction",
}


@dataclass(frozen=True, slots=True)
class GateFinding:
    """A gate that is not plainly open: its state, one sentence, and the policy's lines.

    ``about``: what a contradiction is about: keys of questions, or names of fields of a case
    (``product``, ``icd10``, ``age_years``), so that it can stand beside each. ``is_of_policy``: it
    is the policy that contradicts itself, and nothing of the request would change that. ``key``
    names it among the gates of one request.
    """

    gate: GateKind
    state: FindingState
    text: str
    lines: str = ""
    about: tuple[str, ...] = ()
    is_of_policy: bool = False
    key: str = ""

    @property
    def title(self) -> str:
        """What it is about, as a person reads it."""
        subject = self.gate.subject
        return f"{subject} of the policy" if self.is_of_policy else subject


def with_keys(gates: Iterable[GateFinding]) -> tuple[GateFinding, ...]:
    """The gates, each with a key of its own that stays while the facts it is about are the same.

    Of contradictions a request may have several: they are told apart by what they are about.
    """
    seen: Counter[str] = Counter()
    named = []
    for gate in gates:
        about = "|".join((*gate.about, gate.lines))
        apart = f"-{crc32(about.encode()):08x}" if gate.gate is GateKind.CONTRADICTION else ""
        key = f"{gate.gate.value}{apart}"
        seen[key] += 1
        named.append(replace(gate, key=key if seen[key] == 1 else f"{key}-{seen[key]}"))
    return tuple(named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request as the rules see it. ``None`` and missing answers mean "not stated".

    ``indication`` None asks for the general requirements alone. ``product`` is the key of a product
    of the edition; ``other_product`` the name of one that it does not know. The date of birth
    counts before the age stated. ``specialty`` is the prescriber's own; ``was_consulted`` False
    says that no specialist was. ``earlier``: immune globulin before, which the label of a
    subcutaneous product starts from. ``only_stated``: it comes from a file of cases, which states
    all there is to say: what it leaves out contradicts nothing, and is not asked for. ``before``:
    the courses before this request; a file that names none given elsewhere says there are none.
    """

    request_date: date
    phase: TherapyPhase
    indication: str | None = None
    pathway: str | None = None
    icd10: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    age_years: int | None = None
    born: date | None = None
    specialty: str = ""
    consultant_specialty: str = ""
    was_consulted: bool | None = None
    place: SiteOfCare | None = None
    weight_kg: Decimal | None = None
    product: str | None = None
    other_product: str = ""
    route: Route | None = None
    dose: DoseRequest | None = None
    earlier: EarlierTreatment | None = None
    first_dose_on: date | None = None
    authorization_months: int | None = None
    before: EarlierCourses = NONE_STATED
    only_stated: bool = False


def age_of(case: Case) -> int | None:
    """Completed years on the request date: by the date of birth, or else as stated."""
    if case.born is None or case.born > case.request_date:
        return case.age_years
    return years_between(case.born, case.request_date)


def courses_before(case: Case) -> EarlierCourses:
    """The courses before a request, with the day of its first dose."""
    elsewhere = case.before.elsewhere
    return replace(
        case.before,
        elsewhere=0 if elsewhere is None and case.only_stated else elsewhere,
        first_dose_on=case.first_dose_on or case.request_date,
    )


def route_of(case: Case, product: ProductDefinition | None) -> Route:
    """The route asked for, or the product's first; IV while no product is chosen."""
    if case.route is not None:
        return case.route
    return Route.IV if product is None else product.routes[0]


def vials_of(product: ProductDefinition | None) -> Vials | None:
    """The confirmed vials and billing unit of a product."""
    if product is None:
        return None
    return Vials(sizes_g=product.vial_sizes_g, billing_unit_mg=product.billing_unit_mg)

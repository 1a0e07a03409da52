"""One edition of a policy as immutable plain data: what an assessment is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from criteria.dosing.label import LabelRules
from criteria.dosing.limits import DoseRule, Route
from criteria.rules import Node, QuestionDefinition
from criteria.rules.terms import CodeSystem, Coverage, TherapyPhase


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDefinition:
    """Something the policy leaves open: shown to the prescriber, decided by a reviewer.

    Shown when ``when`` holds (None = always) and ``unless`` does not, and, if ``codes`` is not
    empty, only for one of these ICD-10 codes.
    """

    key: str
    text: str
    lines: str
    when: Node | None = None
    unless: Node | None = None
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionDefinition:
    """A point on which the policy contradicts itself, or that it leaves open: both sides.

    A criterion that names it leaves the answers that meet it to a reviewer. ``indications`` are
    the point themselves, in ``phases``. ``codes``: diagnosis codes that say it too, of a request
    that is asked such a criterion.
    """

    key: str
    name: str
    one_side: str
    one_side_lines: str
    other_side: str
    other_side_lines: str
    indications: frozenset[str] = frozenset()
    phases: frozenset[TherapyPhase] = frozenset(TherapyPhase)
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathwayDefinition:
    """One set of criteria inside an indication, with the phases it serves and its dose rule.

    ``conditions``: for each conditional dosing limit the criterion that opens it.
    """

    key: str
    name: str
    phases: frozenset[TherapyPhase]
    lines: str
    criteria: Node
    dose: DoseRule = DoseRule()
    conditions: Mapping[str, Node] = field(default_factory=dict)
    notes: tuple[NoteDefinition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicationDefinition:
    """A diagnosis the policy names. ``route_words``: what to do when it is unproven.

    ``codes_bind`` False: where the policy's list of codes binds, it names no code of this one.
    """

    key: str
    name: str
    coverage: Coverage
    lines: str
    synonyms: tuple[str, ...] = ()
    help: str = ""
    route_words: str = ""
    codes_bind: bool = True
    pathways: tuple[PathwayDefinition, ...] = ()
    notes: tuple[NoteDefinition, ...] = ()

    def pathways_for(self, phase: TherapyPhase) -> tuple[PathwayDefinition, ...]:
        """The pathways that serve a therapy phase, in the policy's order."""
        return tuple(p for p in self.pathways if phase in p.phases)


@dataclass(frozen=True, slots=True)
class ProductCodeDefinition:
    """A billing code of a product and the days of service it is used on (both ends included)."""

    code: str
    first_day: date | None = None
    last_day: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the code is used for a service on ``day``."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDefinition:
    """One brand and strength. ``listed`` False: the package insert applies, a reviewer decides.

    ``labels``: the subcutaneous rules of its labels, each for the days it ruled.
    """

    key: str
    brand: str
    routes: tuple[Route, ...]
    form: str
    concentration_percent: Decimal | None
    vial_sizes_g: tuple[Decimal, ...]
    unconfirmed_vial_sizes_g: tuple[Decimal, ...] = ()
    billing_unit_mg: int | None = None
    codes: tuple[ProductCodeDefinition, ...] = ()
    listed: bool = True
    excluded: bool = False
    exclusion_words: str = ""
    exclusion_lines: str = ""
    labels: tuple[LabelRules, ...] = ()
    ml_per_g: Decimal | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """Brand with its strength, as it is chosen from a list."""
        if self.concentration_percent is None:
            return self.brand
        return f"{self.brand} {self.concentration_percent.normalize():f} %"

    def code_on(self, day: date) -> str:
        """The billing code on a day of service; empty when none is known."""
        return next((c.code for c in self.codes if c.valid_on(day)), "")

    def label_on(self, day: date) -> LabelRules | None:
        """The rules of the label of a day; None when none are held."""
        return next((label for label in self.labels if label.rules_on(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDefinition:
    """A code the policy lists, or one mapped to its indications though it is not listed.

    ``indications`` are suggested by the code, ``unproven`` are unproven uses it also matches;
    neither decides anything: the question does.
    """

    system: CodeSystem
    code: str
    description: str
    lines: str = ""
    listed: bool = True
    first_day: date | None = None
    last_day: date | None = None
    indications: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    clear: bool = False
    note: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the code is used for a service on ``day``."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class HistoryDefinition:
    """One line of the policy's own history."""

    day: date
    summary: str
    lines: str = ""


@dataclass(frozen=True, slots=True)
class DiseaseDefinition:
    """An entry of a list the policy gives for help (primary immunodeficiencies)."""

    name: str
    lines: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of one policy, whole.

    ``codes_bind``: only a diagnosis code of its list is covered; otherwise the list is for
    reference. ``codes_words`` and ``products_words``: what the policy says of a code and of a
    product that it does not list, with the lines that say so. ``comparison_only``: kept to be
    compared with, never in force here; when it began is unknown, and ``effective_from`` is only a
    day it is known to have ruled.
    """

    policy_key: str
    policy_name: str
    payer: str
    line_of_business: str
    number: str
    effective_from: date
    effective_until: date | None
    source: str
    authorization_months: int
    rounding_allowance_percent: Decimal
    questions: Mapping[str, QuestionDefinition]
    general: Mapping[TherapyPhase, Node]
    indications: Mapping[str, IndicationDefinition]
    products: Mapping[str, ProductDefinition]
    codes: Mapping[tuple[CodeSystem, str], CodeDefinition]
    comparison_only: bool = False
    codes_bind: bool = False
    codes_lines: str = ""
    codes_words: str = ""
    products_lines: str = ""
    products_words: str = ""
    history: tuple[HistoryDefinition, ...] = ()
    diseases: Mapping[str, tuple[DiseaseDefinition, ...]] = field(default_factory=dict)
    notes: tuple[NoteDefinition, ...] = ()
    contradictions: Mapping[str, ContradictionDefinition] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The edition by its line of business: Medicare policy R3."""
        line = self.line_of_business.replace("-", " ")
        return f"{line[:1].upper()}{line[1:]} policy {self.number}"

    def contradictions_of(
        self, indication: str | None, phase: TherapyPhase | None = None
    ) -> tuple[ContradictionDefinition, ...]:
        """The contradictions that a diagnosis is itself, in a phase or in any."""
        return tuple(
            point
            for point in self.contradictions.values()
            if indication in point.indications and (phase is None or phase in point.phases)
        )

    def in_force_on(self, day: date) -> bool:
        """Whether ``effective_from`` <= day < ``effective_until``."""
        until = self.effective_until
        return self.effective_from <= day and (until is None or day < until)

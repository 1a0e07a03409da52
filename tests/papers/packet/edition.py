"""A small edition whose pathway has every form of criterion, and one with forty."""

from datetime import date
from decimal import Decimal

from criteria.dosing.limits import CoursesCounted, DoseRule, Limit, Per, Regimen, Route
from criteria.policies.edition import (
    CodeDefinition,
    Edition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
    ProductCodeDefinition,
    ProductDefinition,
)
from criteria.rules import (
    AnswerType,
    Citation,
    Compares,
    CriteriaGroup,
    DoseLeaf,
    GroupKind,
    Leaf,
    ListsAtLeast,
    Node,
    NumberComparison,
    PassesOn,
    QuestionDefinition,
    Test,
    TimeSpan,
    Tried,
    When,
)
from criteria.rules.terms import CodeSystem, Coverage, TherapyPhase

SECTION = "Nerve disease, initial"
INITIAL = frozenset({TherapyPhase.INITIAL})


def asked(key: str, wording: str, test: Test, title: str, line: str, **more: object) -> Leaf:
    question = QuestionDefinition(key=key, wording=wording, type=test.type, **more)  # type: ignore[arg-type]
    return Leaf(key, question, test, title, Citation(line, SECTION))


def yes(key: str, line: str, section: str = SECTION) -> Leaf:
    question = QuestionDefinition(key=key, wording=f"Is it so: {key}?", type=AnswerType.YES_NO)
    return Leaf(key, question, PassesOn(), f"The fact {key}", Citation(line, section))


def group(key: str, kind: GroupKind, *members: Node, lines: str, n: int = 1) -> CriteriaGroup:
    return CriteriaGroup(key, kind, members, f"The group {key}", Citation(lines, SECTION), n)


def nerve_tree() -> CriteriaGroup:
    nerves = asked(
        "nerves",
        "In how many nerves is the latency prolonged?",
        Compares(NumberComparison.GE, Decimal(2)),
        "Prolonged latency",
        "12",
        unit="nerves",
        whole=True,
    )
    igg = asked(
        "igg",
        "What is the IgG level?",
        Compares(NumberComparison.LT, Decimal(400), TimeSpan(days=30)),
        "IgG below 400 mg/dL",
        "13",
        unit="mg/dL",
        dated=True,
    )
    findings = group("findings", GroupKind.ANY, nerves, yes("block", "14"), lines="12-14")
    long_term = When(
        "titration",
        yes("long_term", "15"),
        yes("titrated", "15"),
        "Titration for long-term treatment",
        Citation("15", SECTION),
    )
    steroid = asked("steroid", "Did steroids fail?", Tried(), "Steroids tried", "16")
    drugs = asked("drugs", "Which other drugs?", ListsAtLeast(1), "Another drug tried", "17")
    dose = DoseLeaf("dose", "Dose", Citation("18", SECTION))
    return group(
        "root", GroupKind.ALL, findings, igg, long_term, steroid, drugs, dose, lines="11-18"
    )


def forty_tree() -> CriteriaGroup:
    """Eight groups of five."""
    groups = [
        group(
            f"g{g}",
            (GroupKind.ALL, GroupKind.ANY, GroupKind.AT_LEAST)[g % 3],
            *(yes(f"fact{g * 5 + i}", f"{100 + g * 5 + i}") for i in range(5)),
            lines=f"{100 + g * 5}-{104 + g * 5}",
            n=2,
        )
        for g in range(8)
    ]
    return group("root", GroupKind.ALL, *groups, lines="100-139")


LIMIT = Limit(
    key="monthly",
    per=Per.MONTH,
    max_mg_per_kg=Decimal(2000),
    lines="18",
    section=SECTION,
    min_days=2,
    max_days=5,
    max_courses=6,
    courses_counted=CoursesCounted.IN_ALL,
)
NOTE = NoteDefinition(key="n", text="Lines 12 and 13 disagree on the interval.", lines="12, 13")
NERVE = PathwayDefinition(
    key="nerve-initial",
    name="Initial therapy",
    phases=INITIAL,
    lines="11-18",
    criteria=nerve_tree(),
    dose=DoseRule((Regimen((LIMIT,)),), iv_only=True),
    notes=(NOTE,),
)
FORTY = PathwayDefinition(
    key="forty-initial", name="Initial therapy", phases=INITIAL, lines="100-139",
    criteria=forty_tree(),
)  # fmt: skip
INDICATIONS = (
    IndicationDefinition(
        key="nerve",
        name="Nerve disease",
        coverage=Coverage.CRITERIA,
        lines="11-18",
        pathways=(NERVE,),
    ),
    IndicationDefinition(
        key="forty",
        name="Disease of forty criteria",
        coverage=Coverage.CRITERIA,
        lines="100-139",
        pathways=(FORTY,),
    ),
    IndicationDefinition(
        key="autism",
        name="Autism",
        coverage=Coverage.UNPROVEN,
        lines="640",
        route_words="Ask the plan for an exception with the published evidence.",
    ),
    IndicationDefinition(key="rare", name="Rare disease", coverage=Coverage.GENERAL, lines="30"),
)
GENERAL = CriteriaGroup(
    "general",
    GroupKind.ALL,
    (yes("history", "92", "General"), yes("laboratory", "93", "General")),
    "General requirements",
    Citation("89-94", "General"),
)


def product(key: str, brand: str, code: str, **more: object) -> ProductDefinition:
    return ProductDefinition(
        key=key,
        brand=brand,
        routes=(Route.IV,),
        form="liquid",
        concentration_percent=Decimal(10),
        vial_sizes_g=tuple(Decimal(size) for size in ("1", "2.5", "5", "10", "20", "40")),
        billing_unit_mg=500,
        codes=(ProductCodeDefinition(code),),
        **more,  # type: ignore[arg-type]
    )


EDITION = Edition(
    policy_key="ivig",
    policy_name="Immune globulin",
    payer="Example Health",
    line_of_business="commercial",
    number="EX-1",
    effective_from=date(2026, 1, 1),
    effective_until=date(2027, 1, 1),
    source="Example policy EX-1, page 1 to 40",
    authorization_months=12,
    rounding_allowance_percent=Decimal(0),
    codes_lines="670",
    codes_words="The list is for reference: go on.",
    questions={},
    general={TherapyPhase.INITIAL: GENERAL, TherapyPhase.CONTINUATION: GENERAL},
    indications={indication.key: indication for indication in INDICATIONS},
    products={
        "gamma": product("gamma", "Gamma", "J1561"),
        "outside": product(
            "outside",
            "Outside",
            "J1554",
            excluded=True,
            exclusion_words="Another product of the list serves the same use.",
            exclusion_lines="40",
        ),
    },
    codes={
        (CodeSystem.ICD10, "G61.81"): CodeDefinition(
            system=CodeSystem.ICD10,
            code="G61.81",
            description="CIDP",
            lines="680",
            indications=("nerve",),
        )
    },
)

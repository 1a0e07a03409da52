"""Requests typed at random: every pathway of the policies, every kind of answer, right or wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from django.conf import settings

from criteria.models import AuthorizationRequest
from criteria.policies.edition import Edition, IndicationDefinition, PathwayDefinition
from criteria.requests.answers.criteria_pages import dose_questions
from criteria.requests.stated_request import StatedRequest
from criteria.rules import AnswerType, QuestionDefinition
from criteria.rules.explain import questions_of
from criteria.rules.terms import Coverage, TherapyPhase
from tests.factories.shipped import load_shipped

TODAY = date(2026, 11, 20)
POLICIES = ("uhc-2021D0035AD", "cms-R8")
FIGURES = ("0", "1", "2", "3", "4", "12", "13", "14", "49", "50", "399", "400", "500", "1000")
DAYS_AGO = (0, 1, 27, 29, 30, 31, 90, 100, 101, 200, 360)
DRUGS = ("prednisone", "azathioprine", "Imuran", "rituximab", "omalizumab", "something")
OUTCOMES = ("failure", "contraindication", "intolerance", "none")
# No height: it is optional and does nothing but doubt a weight.
DOSE = {
    "weight": ("70", "40", "55"),
    "weight_unit": ("kg",),
    "weight_on": ("2026-11-03",),
    "dose": ("14", "35", "36", "70", "140", "164", "400", "500", "1000", "2000"),
    "dose_unit": ("g", "mg/kg", "g/kg", "mg", "mL"),
    "basis": ("total", "per_day", "per_dose"),
    "days": ("1", "2", "3", "5", "7"),
    "consecutive": ("yes", "no"),
    "interval": ("1", "2", "3", "4", "28"),
    "interval_unit": ("days", "weeks", "months", "once", "as-needed"),
    "courses": ("1", "2", "6", "7"),
    "months": ("3", "6", "12"),
    "induction": ("yes", "no"),
    "last_dose_on": ("2026-11-20", "2027-02-18", "2027-11-20"),
    "route": ("IV", "SC"),
    "earlier": ("iv", "sc", "new"),
    "earlier_grams": ("10", "40"),
    "earlier_interval": ("1", "4"),
    "earlier_interval_unit": ("weeks", "months"),
    "igg_trough": ("700", "1100"),
    "igg_target": ("900",),
    "sex": ("F", "M"),
    "age": ("9", "40"),
    "courses_before": ("0", "0", "1", "5"),
}
Typed = dict[str, list[str]]


@cache
def edition(policy: str) -> Edition:
    """A shipped policy."""
    path = Path(settings.BASE_DIR) / "fixtures" / "policies" / f"{policy}.yaml"
    return load_shipped(path)[1]


def every_pathway() -> Iterator[
    tuple[str, IndicationDefinition, PathwayDefinition | None, TherapyPhase]
]:
    """Every set of criteria of both policies in each phase, and a use of each kind without any."""
    for policy in POLICIES:
        every = edition(policy).indications.values()
        plain = {i.coverage: i for i in every if i.coverage is not Coverage.CRITERIA}
        for phase in TherapyPhase:
            for indication in every:
                pathways = indication.pathways_for(phase)
                yield from ((policy, indication, pathway, phase) for pathway in pathways)
            yield from ((policy, indication, None, phase) for indication in plain.values())


def typed_request(
    policy: str,
    indication: IndicationDefinition,
    pathway: PathwayDefinition | None,
    phase: TherapyPhase,
    seed: int,
) -> Typed:
    """Everything the pages of one request hold, each field with something in it."""
    random = Random(f"{policy} {indication.key} {pathway and pathway.key} {phase} {seed}")
    products = edition(policy).products
    typed = {
        "phase": [phase.value],
        "request_date": [TODAY.isoformat()],
        "indication": [indication.key],
        "pathway": [pathway.key if pathway else ""],
        "icd10": [random.choice(["G61.81", "D83.9", "J45.50", "A00.0", "B20"])],
        "born": [random.choice(["1961-03-12", "2015-01-02"])],
        "product": [random.choice([*products, "other"])],
        "other_product": ["Newglobulin"],
        "specialty": [random.choice(["Neurology", "Family medicine"])],
        "place": [random.choice(["home", "office"])],
    }
    typed |= {name: [random.choice(found)] for name, found in DOSE.items()}
    # Each of these says how long courses go on, so one of them blank is still said.
    ends = ["courses", "last_dose_on"]
    del typed["last_dose_on" if typed["interval_unit"] == ["once"] else random.choice(ends)]
    asked = questions_of(edition(policy).general[phase])
    if pathway is not None:
        asked |= questions_of(pathway.criteria)
        asked |= {q.key: q for q in dose_questions(edition(policy), pathway)}
    for question in asked.values():
        typed |= _answer(question, random)
    return typed


def _answer(question: QuestionDefinition, random: Random) -> Typed:
    name = f"q-{question.key}"
    day = (TODAY - timedelta(days=random.choice(DAYS_AGO))).isoformat()
    if question.type is AnswerType.YES_NO:
        return {name: [random.choice(["yes", "no"])]}
    if question.type is AnswerType.CHOICE:
        return {name: [random.choice(question.choices).key]}
    if question.type is AnswerType.DATE:
        return {name: [day]}
    if question.type is AnswerType.NUMBER:
        units = [question.unit, *(unit for unit, _ in question.other_units)]
        found = {name: [random.choice(FIGURES)], f"{name}-unit": [random.choice(units)]}
        return found | ({f"{name}-measured_on": [day]} if question.dated else {})
    if question.type in (AnswerType.THERAPY, AnswerType.LIST):
        rows = range(1 if question.type is AnswerType.THERAPY else 2)
        parts = {
            "drug": [random.choice(DRUGS) for _ in rows],
            "from": ["2026-01-02" for _ in rows],
            "to": ["2026-06-02" for _ in rows],
        }
        outcome = [random.choice(OUTCOMES) for _ in rows]
        main = "" if question.type is AnswerType.THERAPY else "-outcome"
        return {f"{name}{main}": outcome} | {f"{name}-{part}": v for part, v in parts.items()}
    return {}


def drawn_draft(policy: str, phase: TherapyPhase, typed: Typed) -> StatedRequest:
    """The request as it would stand, its first page saved before; nothing is stored."""
    found = edition(policy)
    request = AuthorizationRequest(
        line_of_business="medicare" if policy.startswith("cms") else "commercial",
        phase=phase,
        request_date=TODAY,
    )
    return StatedRequest(request, found, (), today=TODAY).with_typed(typed)

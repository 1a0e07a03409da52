"""An assessment as plain JSON values: everything a person sees of it, in the same order and words.

Numbers are exact: milligrams and grams are written out as text, never as floating point.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from criteria.dosing import (
    Amount,
    AskedPart,
    InfusionCourse,
    LabelFinding,
    Maximum,
    Offer,
    OutcomeReason,
    VialPlan,
)
from criteria.dosing.figures import decimal_below
from criteria.dosing.label_words import label_rows
from criteria.requests.assessment.assess import Assessment
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.case_files.parse import ParsedCase
from criteria.rules import (
    SATISFIED,
    CriteriaGroup,
    DoseLeaf,
    FactRole,
    Finding,
    FindingState,
    Leaf,
    QuestionDefinition,
    When,
)
from criteria.rules.explain import answer_text, numbered, reason_text, required_text

Json = dict[str, Any]


def report(parsed: ParsedCase, assessment: Assessment) -> Json:
    """What is found of one case, as one JSON object with keys in a stable order."""
    findings = [*_findings(assessment)]
    stated: Json = {} if parsed.id is None else {"id": parsed.id}
    return stated | {
        "policy": assessment.edition.policy_key,
        "edition": assessment.edition.number,
        "on": parsed.case.request_date.isoformat(),
        "indication": parsed.case.indication,
        "pathway": None if assessment.pathway is None else assessment.pathway.key,
        "phase": parsed.case.phase.value,
        "overall": assessment.overall.value,
        "gates": [_gate(g) for g in assessment.gates],
        "findings": findings,
        "failed": _failed(assessment, findings),
        "open": _open(assessment),
        "not_stated": _not_stated(assessment),
        "for_reviewer": _for_reviewer(assessment, findings),
        "dose": dose_report(assessment),
        "authorization_months": assessment.authorization_months,
        "authorization_shortened": assessment.is_shortened,
    }


def _gate(gate: GateFinding) -> Json:
    found: Json = {
        "gate": gate.gate.value,
        "key": gate.key,
        "title": gate.title,
        "state": gate.state.value,
        "text": gate.text,
        "lines": gate.lines,
    }
    return found | {"about": list(gate.about)} if gate.about else found


def _findings(assessment: Assessment) -> Iterator[Json]:
    for block, tree in (("general", assessment.general), ("criteria", assessment.specific)):
        if tree is None:
            continue
        for line in numbered(tree):
            yield _finding(block, line, assessment)


def _finding(block: str, line: Any, assessment: Assessment) -> Json:
    finding: Finding = line.finding
    node = finding.node
    found: Json = {
        "block": block,
        "number": line.number,
        "key": node.key,
        "kind": _KINDS[type(node)],
        "title": node.title,
        "state": finding.state.value,
        "lines": node.citation.lines,
    }
    if isinstance(node, Leaf):
        found["question"] = node.question.key
        found["required"] = required_text(node, assessment.edition.questions)
        found["answered"] = answer_text(node.question, finding.answer)
    elif isinstance(node, DoseLeaf):
        found["answered"] = assessment.dose.text
    found["reason"] = (
        assessment.dose.text
        if isinstance(node, DoseLeaf)
        else reason_text(finding, assessment.facts, line.switched_off_by)
    )
    return found


_KINDS: dict[type, str] = {Leaf: "question", DoseLeaf: "dose", CriteriaGroup: "group", When: "when"}


def _failed(assessment: Assessment, findings: list[Json]) -> list[Json]:
    """What is not met: closed gates, and the deepest criteria that decide it."""
    gates = [_gate(g) for g in assessment.gates if g.state is FindingState.NOT_MET]
    keys = {id(f) for tree in assessment.trees for f in deciding(tree)}
    failing = [
        json
        for json, finding in zip(findings, _flat(assessment), strict=True)
        if id(finding) in keys
    ]
    shown = ("block", "number", "key", "title", "lines", "reason")
    return gates + [{key: json[key] for key in shown} for json in failing]


def _flat(assessment: Assessment) -> list[Finding]:
    return [line.finding for tree in assessment.trees for line in numbered(tree)]


def deciding(finding: Finding) -> Iterator[Finding]:
    """The criteria a failure rests on: below an "all" the failing members, else the group itself.

    A group of alternatives fails as a whole, so it is named with its members' reasons in it; so
    does what fails whichever way its open condition comes out, instead of both of its branches.
    """
    if finding.state is not FindingState.NOT_MET:
        return
    node = finding.node
    needs_all = isinstance(node, CriteriaGroup) and node.required == len(node.members)
    condition = finding.condition
    is_settled = condition is not None and condition.state in {*SATISFIED, FindingState.NOT_MET}
    if needs_all or is_settled:
        for member in finding.members:
            yield from deciding(member)
    else:
        yield finding


def _open(assessment: Assessment) -> list[str]:
    """The questions still open that can change the result, and what else the request must state.

    A dose that waits for the answer to a question, or for the weight, is itself complete.
    """
    asked = assessment.edition.questions
    keys = [_stated_as(asked[key]) for key in assessment.open_questions]
    keys += [
        "icd10" if g.gate is GateKind.CODE else g.gate.value
        for g in assessment.gates
        if g.state is FindingState.NOT_ANSWERED
    ]
    if any(f.state is FindingState.NOT_ANSWERED for f in _flat(assessment) if _is_dose(f)):
        keys += _OPEN_BESIDE_DOSE.get(assessment.dose.reason, ["dose"])
    return list(dict.fromkeys(keys))


def _not_stated(assessment: Assessment) -> list[str]:
    """What a file leaves out and the result may turn on: it contradicts nothing, and is named."""
    asked = assessment.edition.questions
    return [_stated_as(asked[k]) if k in asked else k for k in assessment.not_stated]


def _stated_as(question: QuestionDefinition) -> str:
    """The key a request states an answer under."""
    return "icd10" if question.role is FactRole.DIAGNOSIS_CODES else question.key


# What is open instead of the dose, by the reason why the dose cannot be judged.
_OPEN_BESIDE_DOSE: dict[OutcomeReason | None, list[str]] = {
    OutcomeReason.CONDITION_UNKNOWN: [],
    OutcomeReason.WEIGHT_MISSING: ["patient.weight_kg"],
    OutcomeReason.EARLIER_MISSING: ["dose.courses_before"],
}


def _is_dose(finding: Finding) -> bool:
    return isinstance(finding.node, DoseLeaf)


def _for_reviewer(assessment: Assessment, findings: list[Json]) -> list[Json]:
    """What a person must judge: gates, findings, what the policy leaves open, warnings."""
    gates = [
        {"key": g.gate.value, "text": g.text, "lines": g.lines}
        for g in assessment.gates
        if g.state is FindingState.FOR_REVIEWER
    ]
    judged = {id(f) for tree in assessment.trees for f in _left_to_reviewer(tree)}
    left = [
        {"key": json["key"], "text": f"{json['title']}: {json['reason']}", "lines": json["lines"]}
        for json, finding in zip(findings, _flat(assessment), strict=True)
        if id(finding) in judged
    ]
    notes = [{"key": n.key, "text": n.text, "lines": n.lines} for n in assessment.notes]
    codes = [
        {"key": f"{n.kind.value}:{n.code}", "text": n.text, "lines": n.lines}
        for n in assessment.code_notes
    ]
    dose = [{"key": "dose", "text": text, "lines": ""} for text in assessment.dose.notes]
    return gates + left + notes + codes + dose


def _left_to_reviewer(finding: Finding) -> Iterator[Finding]:
    """The single criteria a reviewer decides: none that another answer made superfluous."""
    if isinstance(finding.node, Leaf | DoseLeaf):
        if finding.state is FindingState.FOR_REVIEWER:
            yield finding
    elif finding.state not in SATISFIED:
        parts = [*finding.members]
        parts += [] if finding.condition is None else [finding.condition]
        for part in parts:
            yield from _left_to_reviewer(part)


def dose_report(assessment: Assessment) -> Json:
    """The dose outcome with its reason, and the maxima of every regimen."""
    dose = assessment.dose
    product = assessment.product
    day = assessment.case.request_date
    return {
        "outcome": dose.outcome.value,
        "reason": None if dose.reason is None else dose.reason.value,
        "text": dose.text,
        "requested_mg_per_kg_per_course": _number(dose.first.mg_per_kg),
        "requested_g_per_course": _number(dose.first.grams),
        "over_mg_per_kg": _number(dose.over_mg_per_kg),
        "over_g": _number(dose.over_g),
        "over_percent": _number(dose.over_percent),
        "infusion_days": _days(dose.first.course),
        "then": _part(dose.parts[1]) if len(dose.parts) > 1 else None,
        "offers": [_offer(offer) for offer in dose.offers],
        "in_the_way": [obstacle.value for obstacle in dose.in_the_way],
        "product": None if product is None else product.name,
        "hcpcs": None if product is None else product.code_on(day) or None,
        "label": _label(dose.label),
        "maxima": [_maximum(m, assessment.limit_sentences) for m in dose.maxima],
    }


def _label(found: LabelFinding | None) -> Json | None:
    """What the product's label makes of the dose, where the policy makes that the measure."""
    if found is None:
        return None
    label = found.rules
    return {
        "lines": found.lines,
        "source": None if label is None else label.source,
        "confirmed": None if label is None else label.confirmed,
        "formula": found.formula or None,
        "trough_formula": found.trough_formula or None,
        "least_weekly_g": _grams(found.least_weekly),
        "most_weekly_g": _grams(found.most_weekly),
        "asked_weekly_g": _grams(found.asked_weekly),
        "over_weekly_g": _grams(found.over_weekly),
        "ramp": [{"week": step.week, "grams": _grams(step.grams)} for step in found.ramp],
        "rows": [list(row) for row in label_rows(found)],
    }


def _grams(value: Fraction | None) -> str | None:
    return None if value is None else _number(decimal_below(value))


def _part(part: AskedPart) -> Json:
    """What follows the first part: one course of it, and the day its first one begins."""
    return {
        "requested_mg_per_kg_per_course": _number(part.mg_per_kg),
        "requested_g_per_course": _number(part.grams),
        "courses": part.courses,
        "interval_days": part.interval_days,
        "begins_on_day": None if part.days_in is None else part.days_in + 1,
        "infusion_days": _days(part.course),
    }


def _days(course: InfusionCourse | None) -> list[Json]:
    """Grams on each infusion day, and what is opened for them."""
    if course is None:
        return []
    return [
        {
            "grams": _number(day.grams),
            "units": day.billing_units,
            "vials": None if day.opened is None else _counts(day.opened),
            "discarded_g": _number(day.discarded_g),
        }
        for day in course.days
    ]


def _offer(offer: Offer) -> Json:
    """A whole regimen that is within, and how much less it is than what was asked for."""
    return {
        "limit": offer.limit.key,
        "grams_per_course": _number(offer.grams_per_course),
        "mg_per_kg_per_course": _number(offer.mg_per_kg_per_course),
        "days": offer.days,
        "consecutive": offer.consecutive,
        "interval_days": offer.interval_days,
        "courses": offer.courses,
        "infusion_days": _days(offer.course),
        "less_by_g": _number(offer.less_by_g),
        "less_by_mg_per_kg": _number(offer.less_by_mg_per_kg),
        "less_over": offer.less_over.value,
        "fewer_courses": offer.fewer_courses,
        "is_what_follows": offer.is_what_follows,
        "begins_after_days": offer.begins_after_days,
        "then": None if offer.then is None else _offer(offer.then),
    }


def _maximum(maximum: Maximum, said: dict[str, str]) -> Json:
    return {
        "limit": maximum.limit.key,
        "words": said[maximum.limit.key],
        "remark": maximum.limit.remark,
        "lines": maximum.limit.lines,
        "available": maximum.available,
        "courses": maximum.courses,
        "days": maximum.days,
        "needs": maximum.needs or None,
        "per_day": _amount(maximum.per_day),
        "per_course": _amount(maximum.per_course),
        "per_28_days": _amount(maximum.per_28_days),
        "per_authorization": _amount(maximum.per_authorization),
    }


def _amount(amount: Amount | None) -> Json | None:
    if amount is None:
        return None
    plan = amount.vials
    return {
        "mg_per_kg": _number(amount.mg_per_kg),
        "exact_mg": _number(amount.exact_mg),
        "vial_rounded_g": None if plan is None else _number(plan.total_g),
        "units": None if plan is None else plan.billing_units,
        "vials": None if plan is None else _counts(plan),
        "formula": amount.formula,
    }


def _counts(plan: VialPlan) -> list[list[str | int | None]]:
    return [[_number(size), n] for size, n in plan.counts]


def _number(value: Decimal | None) -> str | None:
    """Exact, without trailing zeros or an exponent."""
    return None if value is None else f"{value.normalize():f}"

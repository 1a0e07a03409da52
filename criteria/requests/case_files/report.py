"""An assessment as plain JSON values: all a person sees of it, in the same order and words."""

from collections.abc import Iterator

from criteria.dosing import OutcomeReason
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import trees_of
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.case_files.dose_report import Json, dose_report
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
from criteria.rules.explain import (
    NumberedFinding,
    answer_text,
    numbered,
    reason_text,
    required_text,
)


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
    for block, tree in trees_of(assessment):
        for line in numbered(tree):
            yield _finding(block, line, assessment)


def _finding(block: str, line: NumberedFinding, assessment: Assessment) -> Json:
    finding = line.finding
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

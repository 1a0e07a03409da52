"""What the parts of an edition lack that a request would need: codes, phases, periods."""

from collections.abc import Iterator

from criteria.dosing.limits import Limit, Per
from criteria.policies.checks.problem import EditionProblem, Subject, error, warning
from criteria.policies.codes.codebook import CodeFacts
from criteria.policies.edition import CodeDefinition, IndicationDefinition, PathwayDefinition
from criteria.rules.explain import date_text
from criteria.rules.terms import CodeSystem, Coverage, TherapyPhase

PHASES = {TherapyPhase.INITIAL: "a first request", TherapyPhase.CONTINUATION: "a continuation"}
NO_CODE = "no diagnosis code leads to it"
NO_CODE_BINDS = ", and the list of codes binds: no request for it could meet the policy"


def pathways_without_phase(subject: Subject) -> Iterator[EditionProblem]:
    """A set of criteria that no request can reach, and a phase that no set of criteria serves."""
    for indication in subject.edition.indications.values():
        for pathway in indication.pathways:
            if not pathway.phases:
                yield error("no-phase", *_at(indication, pathway, "serves no phase of therapy"))
        served = {phase for pathway in indication.pathways for phase in pathway.phases}
        for phase in TherapyPhase:
            if served and phase not in served:
                message = f"no set of criteria serves {PHASES[phase]}"
                yield warning("phase-missing", *_at(indication, None, message))


def limits_without_period(subject: Subject) -> Iterator[EditionProblem]:
    """An amount for each dose or course that does not say how often it is given."""
    for indication in subject.edition.indications.values():
        for pathway in indication.pathways:
            for limit in pathway.dose.limits:
                if _is_endless(limit):
                    where, _, path = _at(indication, pathway, "")
                    message = f"“{limit.words}” says neither how often nor how many times"
                    at = (*path, "dose", limit.key)
                    yield warning("no-period", f"{where}, dose {limit.key}", message, at)


def _is_endless(limit: Limit) -> bool:
    counted = limit.shortest_interval_days or limit.longest_interval_days or limit.max_courses
    return limit.per in (Per.DOSE, Per.COURSE) and not counted


def covered_without_code(subject: Subject) -> Iterator[EditionProblem]:
    """A covered diagnosis no diagnosis code leads to: where the list binds, nobody could pass."""
    edition = subject.edition
    codes = [c for c in edition.codes.values() if c.system is CodeSystem.ICD10]
    named = {key for code in codes for key in code.indications}
    for indication in edition.indications.values():
        is_covered = indication.coverage is not Coverage.UNPROVEN
        if not is_covered or not indication.codes_bind or indication.key in named:
            continue
        found = _at(indication, None, NO_CODE + (NO_CODE_BINDS if edition.codes_bind else ""))
        yield (error if edition.codes_bind else warning)("no-code", *found)


def products_without_code(subject: Subject) -> Iterator[EditionProblem]:
    """A product of the policy's list that cannot be billed on the first day."""
    day = subject.edition.effective_from
    for product in subject.edition.products.values():
        if product.listed and not product.excluded and not product.code_on(day):
            message = f"{product.name} has no billing code on {date_text(day)}"
            path = ("products", product.key)
            yield warning("no-billing-code", f"products, {product.key}", message, path)


def codes_ended(subject: Subject) -> Iterator[EditionProblem]:
    """A listed code that its own dates end before the edition begins."""
    day = subject.edition.effective_from
    for code in subject.edition.codes.values():
        if code.listed and code.last_day is not None and code.last_day < day:
            message = f"{code.code} ended on {date_text(code.last_day)}"
            yield _of_code("code-ended", code, message)


def codes_not_billable(subject: Subject) -> Iterator[EditionProblem]:
    """A listed diagnosis code that ICD-10-CM does not have on the first day, or not as a code."""
    if subject.icd10 is None:
        return
    day = subject.edition.effective_from
    for code in subject.edition.codes.values():
        is_asked = code.listed and code.system is CodeSystem.ICD10 and code.valid_on(day)
        if is_asked and (message := _why_not(code, subject.icd10.get(code.code), subject.release)):
            yield _of_code("not-billable", code, message)


def _why_not(code: CodeDefinition, facts: CodeFacts | None, release: str) -> str:
    if facts is None:
        return f"{code.code} is not in ICD-10-CM, release {release}"
    if facts.billable:
        return ""
    below = ", ".join(facts.children[:6]) + (" …" if len(facts.children) > 6 else "")
    return f"{code.code} is a heading and cannot be billed; the codes below it: {below}"


def _of_code(name: str, code: CodeDefinition, message: str) -> EditionProblem:
    path = ("codes", code.system.value, code.code)
    return warning(name, f"codes, {code.code}", message, path)


def _at(
    indication: IndicationDefinition, pathway: PathwayDefinition | None, message: str
) -> tuple[str, str, tuple[str, ...]]:
    """Where, what, and the keys that lead there."""
    if pathway is None:
        return indication.key, message, ("indications", indication.key)
    path = ("indications", indication.key, "pathways", pathway.key)
    return f"{indication.key}, {pathway.key}", message, path

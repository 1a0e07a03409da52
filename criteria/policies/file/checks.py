"""What must hold inside the parts of a policy file beyond their types. Each yields its problems."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from criteria.policies.file import schema
from criteria.policies.file.checks_label import label_problems
from criteria.policies.file.problem import FileProblem, Path
from criteria.rules import KINDS, AnswerType, FactRole
from criteria.rules.terms import CodeSystem, Coverage

CODE_SHAPES = {
    CodeSystem.ICD10: (r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", "an ICD-10-CM code such as G61.81"),
    CodeSystem.HCPCS: (r"[A-Z]\d{4}", "an HCPCS code such as J1561"),
    CodeSystem.CPT: (r"\d{4}[0-9A-Z]", "a CPT code such as 90284"),
}
ROLE_TYPES = {
    FactRole.DIAGNOSIS_STATED: AnswerType.YES_NO,
    FactRole.AGE_YEARS: AnswerType.NUMBER,
    FactRole.THERAPY_START: AnswerType.DATE,
    FactRole.TRANSPLANT_DATE: AnswerType.DATE,
    FactRole.DISCONTINUATION_DATE: AnswerType.DATE,
    FactRole.LONG_TERM: AnswerType.YES_NO,
    FactRole.DIAGNOSIS_CODES: AnswerType.CODES,
    FactRole.GIVEN_AT_HOME: AnswerType.YES_NO,
    FactRole.SPECIALIST: AnswerType.YES_NO,
}
# Each specialty has a question of its own; of every other role there is one.
SEVERAL = {FactRole.SPECIALIST}


def file_problems(file: schema.PolicyFile) -> Iterator[FileProblem]:
    """Everything wrong with the edition's dates, the questions, the products and the codes."""
    yield from _edition(file.edition)
    for key, question in file.questions.items():
        yield from _question(question, ("questions", key))
    yield from _roles(file)
    for key, product in file.products.items():
        yield from _product(product, ("products", key))
        yield from label_problems(product, ("products", key))
    for system in CodeSystem:
        for code, part in getattr(file.codes, system).items():
            yield from _code(file, system, code, part)


def _edition(part: schema.EditionPart) -> Iterator[FileProblem]:
    until = part.effective_until
    if until is not None and until < part.effective_from:
        message = f"expected effective_from {part.effective_from} or a later day, got {until}"
        yield FileProblem(("edition", "effective_until"), message)
    for about in ("codes", "products"):
        words, lines = getattr(part, f"{about}_words"), getattr(part, f"{about}_lines")
        if bool(words) != bool(lines) or (about == "codes" and part.codes_bind and not words):
            message = f"expected {about}_words and {about}_lines together"
            yield FileProblem(("edition", f"{about}_{'lines' if words else 'words'}"), message)


def _question(part: schema.QuestionPart, path: Path) -> Iterator[FileProblem]:
    if part.type is AnswerType.NUMBER and not part.unit:
        yield FileProblem((*path, "unit"), "a number question needs a unit")
    for owner in KINDS.values():
        for field in _given(part, () if owner.type is part.type else owner.question_fields):
            message = f"expected only on a {owner.type} question, not {part.type}"
            yield FileProblem((*path, field), message)
    if part.min is not None and part.max is not None and part.min >= part.max:
        yield FileProblem((*path, "min"), f"expected less than max {part.max}, got {part.min}")
    if KINDS[part.type].has_choices and len(part.choices) < 2:
        yield FileProblem(
            (*path, "choices"), f"expected at least 2 choices, got {len(part.choices)}"
        )
    yield from _names(part, path)


def _names(part: schema.QuestionPart, path: Path) -> Iterator[FileProblem]:
    """A specialist is known by the names of the specialty; drugs may be known by theirs."""
    if part.role is FactRole.SPECIALIST:
        if not part.names:
            yield FileProblem((*path, "names"), "expected the names of the specialty")
    elif not KINDS[part.type].knows_names:
        for field in _given(part, ("names", "names_not_counted")):
            message = f"expected on a therapy, a list, or a specialist's question, not {part.type}"
            yield FileProblem((*path, field), message)


def _given(part: schema.FilePart, fields: Iterable[str]) -> list[str]:
    """The fields that say something: those that differ from their defaults."""
    known = type(part).model_fields
    return [name for name in fields if getattr(part, name) != known[name].default]


def _roles(file: schema.PolicyFile) -> Iterator[FileProblem]:
    asked: dict[FactRole, str] = {}
    for key, part in file.questions.items():
        if part.role is None:
            continue
        path = ("questions", key, "role")
        needed = ROLE_TYPES[part.role]
        if part.type is not needed:
            yield FileProblem(
                path, f"expected a {needed} question for {part.role}, got {part.type}"
            )
        if part.role in asked and part.role not in SEVERAL:
            yield FileProblem(path, f"{part.role} is already asked by {asked[part.role]!r}")
        asked.setdefault(part.role, key)


def _product(part: schema.ProductPart, path: Path) -> Iterator[FileProblem]:
    if part.excluded and not part.exclusion_words:
        yield FileProblem((*path, "excluded"), "an excluded product needs exclusion_words")
    if part.excluded and not part.exclusion_lines:
        yield FileProblem((*path, "excluded"), "an excluded product needs exclusion_lines")
    if not part.excluded and (part.exclusion_words or part.exclusion_lines):
        yield FileProblem(path, "expected excluded: yes beside its exclusion_words and lines")
    for i, code in enumerate(part.codes):
        at = (*path, "codes", i)
        yield from _shape(CodeSystem.HCPCS, code.code, (*at, "code"))
        yield from _days(code, at)


def _code(
    file: schema.PolicyFile, system: CodeSystem, code: str, part: schema.CodePart
) -> Iterator[FileProblem]:
    path: Path = ("codes", system.value, code)
    yield from _shape(system, code, path)
    yield from _days(part, path)
    if part.listed and part.lines is None:
        yield FileProblem(path, "a listed code needs lines")
    for field in ("indications", "unproven"):
        keys: list[str] = getattr(part, field)
        for i, key in enumerate(keys):
            yield from _reference(file, key, field == "unproven", (*path, field, i))
        for key in _repeated(keys):
            yield FileProblem((*path, field), f"{key!r} is given twice")


def _reference(
    file: schema.PolicyFile, key: str, unproven: bool, path: Path
) -> Iterator[FileProblem]:
    found = file.indications.get(key)
    if found is None:
        yield FileProblem(path, f"unknown indication {key!r}", refers_to=key)
    elif (found.coverage is Coverage.UNPROVEN) != unproven:
        yield FileProblem(path, f"{key!r} has coverage {found.coverage}")


def contradiction_problems(
    file: schema.PolicyFile, key: str, *, is_used: bool
) -> Iterator[FileProblem]:
    """What a contradiction refers to and is not there; or that nothing refers to it."""
    part, path = file.contradictions[key], ("contradictions", key)
    for i, indication in enumerate(part.indications):
        if indication not in file.indications:
            message = f"unknown indication {indication!r}"
            yield FileProblem((*path, "indications", i), message, refers_to=indication)
    for name in ("indications", "codes"):
        for twice in _repeated(getattr(part, name)):
            yield FileProblem((*path, name), f"{twice!r} is given twice")
    for i, code in enumerate(part.codes):
        yield from _shape(CodeSystem.ICD10, code, (*path, "codes", i))
    if not is_used:
        yield FileProblem(path, "expected indications, or a criterion that names it")


def note_problems(part: schema.NotePart, path: Path) -> Iterator[FileProblem]:
    """Everything wrong with a note, its conditions apart."""
    for i, code in enumerate(part.codes):
        yield from _shape(CodeSystem.ICD10, code, (*path, "codes", i))


def _shape(system: CodeSystem, code: str, path: Path) -> Iterator[FileProblem]:
    pattern, words = CODE_SHAPES[system]
    if not re.fullmatch(pattern, code):
        yield FileProblem(path, f"expected {words}, got {code!r}")


def _days(part: schema.CodePart | schema.ProductCodePart, path: Path) -> Iterator[FileProblem]:
    first, last = part.first_day, part.last_day
    if first is not None and last is not None and last < first:
        yield FileProblem((*path, "last_day"), f"expected a day from {first} on, got {last}")


def _repeated(keys: list[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]

"""What a policy says of diagnosis, codes, product and dose, in the same form as its criteria."""

from collections.abc import Iterator

from criteria.dosing import DoseOutcome, Limit, OutcomeReason
from criteria.policies.codes.code_list import is_listed, why_not_listed
from criteria.policies.codes.codebook import Codebook
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.gates import excluded_product, product_notes
from criteria.requests.case import GateKind
from criteria.requests.comparison.asking_criteria import context_of, dose_asked
from criteria.requests.comparison.need import FactKind, Need, Relevance
from criteria.requests.comparison.transfer import CarriedCase, CarriedVia
from criteria.rules import Citation, FindingState
from criteria.rules.explain import citation_text
from criteria.rules.terms import CodeSystem, Coverage

Told = tuple[str, Need]

_COVERAGE = {
    Coverage.CRITERIA: "covered when its criteria are met",
    Coverage.GENERAL: "covered on the general requirements alone",
    Coverage.UNPROVEN: "an unproven use, not covered",
}
_DOSE = {
    DoseOutcome.WITHIN: (FindingState.MET, Relevance.PASSES),
    DoseOutcome.EXCEEDS: (FindingState.NOT_MET, Relevance.FAILS),
    DoseOutcome.OUTSIDE: (FindingState.FOR_REVIEWER, Relevance.REVIEW),
    DoseOutcome.NO_LIMIT: (FindingState.NOT_APPLICABLE, Relevance.IDLE),
    DoseOutcome.NOT_ENOUGH_INFORMATION: (FindingState.NOT_ANSWERED, Relevance.OPEN),
}
ONLY_LISTED = "only a code of its list is covered"
FOR_REFERENCE = "its list of codes is for reference"
NOTHING_AGAINST = "nothing in it speaks against this product"
NO_LIMIT = "no limit in this policy"
CHOOSE_FIRST = Need(
    title="Dose",
    required="known once it is chosen which criteria apply",
    state=FindingState.NOT_ANSWERED,
    bearing=Relevance.OPEN,
)


def beside_of(
    carried: CarriedCase, found: Assessment, book: Codebook
) -> dict[str, tuple[Need, ...]]:
    """By fact: the diagnosis, each code, the product and the dose, as far as they are stated."""
    told: dict[str, list[Need]] = {}
    for fact, need in (
        ("diagnosis", _diagnosis(carried, found)),
        *_codes(found, book),
        *_product(found),
        *_dose(found),
    ):
        told.setdefault(fact, []).append(need)
    return {fact: tuple(needs) for fact, needs in told.items()}


def code_fact(code: str) -> str:
    """The fact that a code is stated."""
    return f"{FactKind.CODE} {code}".strip()


def _lines(lines: str) -> str:
    return citation_text(Citation(lines))


def _diagnosis(carried: CarriedCase, found: Assessment) -> Need:
    indication = found.indication
    if indication is None:
        return Need(
            title="Not named",
            required="this policy does not name this diagnosis: judged on the general "
            "requirements alone",
            state=FindingState.FOR_REVIEWER,
            bearing=Relevance.REVIEW,
        )
    if point := next((one for one in found.gates if one.about == ("indication",)), None):
        return Need(
            title=indication.name,
            required="the policy does not settle it",
            state=point.state,
            bearing=Relevance.REVIEW,
            place=_lines(point.lines),
            why=point.text,
        )
    is_unproven = indication.coverage is Coverage.UNPROVEN
    return Need(
        title=indication.name,
        required=_COVERAGE[indication.coverage],
        state=FindingState.NOT_MET if is_unproven else FindingState.MET,
        bearing=Relevance.FAILS if is_unproven else Relevance.PASSES,
        place=_lines(indication.lines),
        why=f"Found by the code {carried.code}." if carried.via is CarriedVia.CODE else "",
    )


def _codes(found: Assessment, book: Codebook) -> Iterator[Told]:
    edition = found.edition
    if not found.case.icd10 and edition.codes_bind:
        yield code_fact(""), _code("", found, book)
    for code in found.case.icd10:
        yield code_fact(code), _code(code, found, book)


def _code(code: str, found: Assessment, book: Codebook) -> Need:
    edition, day, indication = found.edition, found.case.request_date, found.indication
    gate = next((one for one in found.gates if one.gate is GateKind.CODE), None)
    known = edition.codes.get((CodeSystem.ICD10, code))
    listed = bool(code) and is_listed(edition, code, day)
    why = [note.text for note in found.code_notes if note.code == code]
    if listed:
        state, bearing = FindingState.MET, Relevance.PASSES
    elif gate is not None:
        is_open = gate.state is FindingState.NOT_ANSWERED
        state, bearing = gate.state, Relevance.OPEN if is_open else Relevance.FAILS
        why = [gate.text] if is_open else [why_not_listed(edition, code, day, book)]
    else:
        is_free = edition.codes_bind and indication is not None and not indication.codes_bind
        state, bearing = FindingState.NOT_APPLICABLE, Relevance.IDLE if is_free else Relevance.WARNS
    return Need(
        title=known.description if known else "",
        required=ONLY_LISTED if edition.codes_bind else FOR_REFERENCE,
        state=state,
        bearing=bearing,
        place=_lines(known.lines if known and listed else edition.codes_lines),
        why=" ".join(why),
        context=tuple(_of_list(listed, gate is not None, found)),
    )


def _of_list(listed: bool, is_closed: bool, found: Assessment) -> Iterator[str]:
    """Why a code outside a list that binds does no harm."""
    indication = found.indication
    if listed or is_closed or not found.edition.codes_bind:
        return
    if indication is not None and not indication.codes_bind:
        yield "the list names no code of this diagnosis, and does not bind it"
    else:
        yield "another code of the request is in the list"


def _product(found: Assessment) -> Iterator[Told]:
    case, product, edition = found.case, found.product, found.edition
    note = next(product_notes(edition, case, product), None)
    if product is None and note is None:
        return
    required = NOTHING_AGAINST if note is None else "it does not list this product"
    gate = next((one for one in found.gates if one.gate is GateKind.PRODUCT), None)
    if excluded := excluded_product(edition, case, product):
        place, why = excluded.exclusion_lines, excluded.exclusion_words
        state, bearing = FindingState.NOT_MET, Relevance.FAILS
        required = f"it excludes {excluded.brand}"
    elif gate is not None and gate.about:
        required = "it excludes a product of that name"
        state, bearing, place, why = gate.state, Relevance.REVIEW, gate.lines, gate.text
    elif note is not None:
        state, bearing, place, why = (
            FindingState.FOR_REVIEWER,
            Relevance.REVIEW,
            note.lines,
            note.text,
        )
    elif gate is not None:
        required = "it does not list this product for the route asked for"
        state, bearing, place, why = gate.state, Relevance.REVIEW, gate.lines, gate.text
    else:
        state, bearing, place, why = FindingState.MET, Relevance.PASSES, "", ""
    yield (
        FactKind.PRODUCT,
        Need(
            title=case.other_product if product is None else product.name,
            required=required,
            state=state,
            bearing=bearing,
            place=_lines(place),
            why=why,
        ),
    )


def _dose(found: Assessment) -> Iterator[Told]:
    """The limits that are open, and what is found of the dose."""
    dose = found.dose
    if any(gate.gate is GateKind.PATHWAY for gate in found.gates):
        yield FactKind.DOSE, CHOOSE_FIRST
        return
    state, bearing = _DOSE[dose.outcome]
    limits = [one.limit for one in dose.maxima if one.available is not False]
    places = dose_asked(found)
    bearing = max((one.bearing for one in places), key=_WEIGHT.index, default=bearing)
    is_free = dose.outcome is DoseOutcome.NO_LIMIT
    yield (
        FactKind.DOSE,
        Need(
            title="Dose",
            required=NO_LIMIT if is_free else _required(found, limits),
            state=state,
            bearing=Relevance.IDLE if is_free else bearing,
            place=_lines(", ".join(dict.fromkeys(limit.lines for limit in limits))),
            why="" if dose.reason is OutcomeReason.NONE_STATED else dose.text,
            context=context_of(places[0], found) if places else (),
        ),
    )


_WEIGHT = tuple(reversed(Relevance))


def _required(found: Assessment, limits: list[Limit]) -> str:
    """Every limit with how it goes with the others: At most A. Or at most B."""
    said = {} if found.pathway is None else found.pathway.dose.sentences(limits)
    return ". ".join(said.values())

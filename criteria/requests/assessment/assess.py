"""One request judged by one policy version: criteria, dose, codes and product put together.

What is found here is never a coverage decision: people decide.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from criteria.dosing import DoseAssessment, OutcomeReason, counts_requests
from criteria.policies.codes.codebook import NO_CODEBOOK, Codebook
from criteria.policies.edition import (
    Edition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
    ProductDefinition,
)
from criteria.requests.assessment.codes import SAID_BY_ODD, CodeNote, CodeNoteKind, code_notes
from criteria.requests.assessment.contradictions import of_criteria, turning_on
from criteria.requests.assessment.disagreements import (
    JudgedFacts,
    codes_that_disagree,
    disagreements,
)
from criteria.requests.assessment.dose import (
    DOSE_STATE,
    EVENT_ROLES,
    PATHWAY_OPEN,
    authorized_months,
    judged_dose,
)
from criteria.requests.assessment.facts import facts_of, role_question
from criteria.requests.assessment.gates import gates_of, notes_of, product_notes
from criteria.requests.case import Case, GateFinding, GateKind, with_keys
from criteria.rules import Facts, Finding, FindingState, evaluate
from criteria.rules.guidance import open_questions
from criteria.rules.terms import Coverage, Overall


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is found of one case. ``general`` and ``specific`` are the two criteria trees."""

    edition: Edition
    case: Case
    overall: Overall
    facts: Facts
    gates: tuple[GateFinding, ...]
    general: Finding | None
    specific: Finding | None
    dose: DoseAssessment
    notes: tuple[NoteDefinition, ...]
    code_notes: tuple[CodeNote, ...]
    indication: IndicationDefinition | None
    pathway: PathwayDefinition | None
    product: ProductDefinition | None
    authorization_months: int

    @property
    def trees(self) -> tuple[Finding, ...]:
        """The criteria trees in the order they are asked and printed."""
        return tuple(tree for tree in (self.general, self.specific) if tree is not None)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """Keys of the questions still open that can change the result, in the order asked."""
        keys = [key for tree in self.trees for key in open_questions(tree, self.facts)]
        return tuple(dict.fromkeys([*keys, *_open_for_dose(self)]))

    @property
    def not_stated(self) -> tuple[str, ...]:
        """What a file of cases leaves out and its result may turn on, by question or key.

        A file states all there is, so what it leaves out contradicts nothing and the result stands;
        it is named, so that nobody overlooks it. The pages ask for it instead: there it is open.
        """
        if not self.facts.only_stated:
            return ()
        asked = _with_all_asked(self.trees, self.facts)
        keys = [key for tree in asked for key in turning_on(tree, self.facts)]
        counts = any(counts_requests(most.limit) for most in self.dose.maxima)
        if counts and self.case.before.elsewhere is None:
            keys.append("dose.courses_before")
        return tuple(key for key in dict.fromkeys(keys) if key not in self.open_questions)

    @property
    def limit_sentences(self) -> dict[str, str]:
        """By key, every limit of the maxima in a sentence, with how it goes with the others."""
        shown = [maximum.limit for maximum in self.dose.maxima]
        return {} if self.pathway is None else self.pathway.dose.sentences(shown)

    @property
    def is_shortened(self) -> bool:
        """Whether more months were asked for than can be authorized."""
        asked = self.case.authorization_months
        return asked is not None and asked > self.authorization_months


def assess(edition: Edition, case: Case, book: Codebook = NO_CODEBOOK) -> Assessment:
    """Judge ``case`` by ``edition``; ``book`` tells more of a code that is not in its list.

    Raises KeyError for an unknown indication, pathway or product. The general
    requirements of the phase bind every request; the pathway's own criteria come on top.
    """
    indication = None if case.indication is None else edition.indications[case.indication]
    pathway = _pathway(indication, case)
    product = None if case.product is None else edition.products[case.product]
    facts = facts_of(edition, case)
    longest = edition.authorization_months
    months = min(case.authorization_months or longest, longest)
    is_open = pathway is None and indication is not None and bool(indication.pathways)
    dose = PATHWAY_OPEN if is_open else judged_dose(edition, case, facts, pathway, product, months)
    facts = replace(facts, dose=DOSE_STATE[dose.outcome])
    general = evaluate(edition.general[case.phase], facts)
    specific = None if pathway is None else evaluate(pathway.criteria, facts)
    trees = (general,) if specific is None else (general, specific)
    odd_codes = codes_that_disagree(edition, case.icd10, case.request_date, indication, book)
    gates = with_keys(
        (
            *gates_of(edition, case, indication, pathway, product, book),
            *disagreements(JudgedFacts(edition, case, facts, trees), odd_codes),
            *of_criteria(edition, case, _with_all_asked(trees, facts)),
        )
    )
    notes = notes_of(edition, indication, pathway, case, facts)
    return Assessment(
        edition=edition,
        case=case,
        overall=_overall(gates, general, specific),
        facts=facts,
        gates=gates,
        general=general,
        specific=specific,
        dose=dose,
        notes=(*notes, *product_notes(edition, case, product)),
        code_notes=_code_notes(edition, case, gates, book, odd_codes),
        indication=indication,
        pathway=pathway,
        product=product,
        authorization_months=authorized_months(months, pathway, case),
    )


def _with_all_asked(trees: tuple[Finding, ...], facts: Facts) -> tuple[Finding, ...]:
    """The findings with every criterion asked that a file of cases may leave out.

    A code of the request may be what a contradiction is about, though nothing was answered.
    """
    if not facts.only_stated:
        return trees
    return tuple(evaluate(tree.node, replace(facts, only_stated=False)) for tree in trees)


def _code_notes(
    edition: Edition,
    case: Case,
    gates: tuple[GateFinding, ...],
    book: Codebook,
    odd_codes: Collection[str],
) -> tuple[CodeNote, ...]:
    """The warnings on the codes; what a closed gate says already is not said again."""
    notes = code_notes(edition, case.icd10, case.indication, case.request_date, book)
    closed = any(gate.gate is GateKind.CODE for gate in gates)
    said = (CodeNoteKind.NOT_LISTED, CodeNoteKind.NOT_VALID) if closed else ()
    return tuple(
        note
        for note in notes
        if note.kind not in said and not (note.code in odd_codes and note.kind in SAID_BY_ODD)
    )


def _open_for_dose(found: "Assessment") -> Iterator[str]:
    """The questions the dose waits for: of a limit's condition, or the day a limit runs from."""
    if found.pathway is None:
        return
    if found.dose.reason is OutcomeReason.CONDITION_UNKNOWN:
        for condition in found.pathway.conditions.values():
            yield from open_questions(evaluate(condition, found.facts), found.facts)
    elif found.dose.reason is OutcomeReason.DATE_MISSING:
        for limit in found.pathway.dose.limits:
            role = EVENT_ROLES.get(limit.until_event) if limit.until_event else None
            key = None if role is None else role_question(found.edition, role)
            if key is not None and key not in found.facts.answers:
                yield key


def _pathway(indication: IndicationDefinition | None, case: Case) -> PathwayDefinition | None:
    """The pathway named, or the only one that serves the phase."""
    if indication is None or indication.coverage is not Coverage.CRITERIA:
        return None
    if case.pathway is not None:
        return next(p for p in indication.pathways if p.key == case.pathway)
    serving = indication.pathways_for(case.phase)
    return serving[0] if len(serving) == 1 else None


def _overall(gates: tuple[GateFinding, ...], general: Finding, specific: Finding | None) -> Overall:
    states = [gate.state for gate in gates] + [general.state]
    if specific is not None:
        states.append(specific.state)
    if FindingState.NOT_MET in states:
        return Overall.DOES_NOT_MEET
    if FindingState.NOT_ANSWERED in states:
        return Overall.INCOMPLETE
    return Overall.NEEDS_REVIEW if FindingState.FOR_REVIEWER in states else Overall.MEETS

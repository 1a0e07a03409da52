"""What is missing, or would have to be otherwise: the shortest way on, one line each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from criteria.dosing import DoseOutcome
from criteria.dosing.sentences import offer_words
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.blocked import UnchangeableBlock, blocks_of
from criteria.requests.case import GateFinding, GateKind
from criteria.requests.dose.open import NOTHING_TYPED, is_nothing_typed
from criteria.requests.marks import MARKS, StateMark
from criteria.requests.stated_request import StatedRequest
from criteria.rules import CriteriaGroup, DoseLeaf, Finding, FindingState, Leaf
from criteria.rules.explain import reason_text, step_text
from criteria.rules.formats import sentence_case
from criteria.rules.guidance import Choose, Every, MeetingStep, Way, ways_to_meet
from criteria.rules.phrases import longer_text, waits_for_codes
from criteria.rules.unmet import nameable, steps_of, unmet
from criteria.screens.wizard.contradictions import task_of, url_of_contradiction
from criteria.screens.wizard.walkthrough import Walkthrough

# So many alternatives are named; of the others the number is said.
MOST_NAMED = 3
# The page on which a gate is settled; any other one by the diagnosis.
PAGE_OF_GATE = {GateKind.PRODUCT: "dose", GateKind.PATHWAY: "pathway"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that would bring the request further."""

    text: str
    url: str
    mark: StateMark


UrlOf = Callable[[Finding], str]


def blocks(walk: Walkthrough, url_of: UrlOf) -> tuple[NextStep, ...]:
    """What nothing that is entered changes, each with the place where it was entered."""
    found = walk.draft.assessment
    return () if found is None else tuple(_block(walk, b, url_of) for b in blocks_of(found))


def _block(walk: Walkthrough, block: UnchangeableBlock, url_of: UrlOf) -> NextStep:
    url = walk.addresses.page("diagnosis") if block.finding is None else url_of(block.finding)
    return NextStep(block.text, url, MARKS[FindingState.NOT_MET])


def next_steps(walk: Walkthrough, url_of: UrlOf) -> tuple[NextStep, ...]:
    """Every task once, none where something stands in the way that nobody can change.

    ``url_of`` says where a criterion is asked.
    """
    draft = walk.draft
    found = draft.assessment
    if found is None:
        where = walk.addresses.page("diagnosis")
        return (NextStep("Choose the diagnosis", where, MARKS[FindingState.NOT_ANSWERED]),)
    if blocks_of(found):
        return ()
    tasks = (*_gates(walk, found), *_criteria(draft, found, url_of), *_product(walk))
    return tuple({task.text: task for task in tasks}.values())


def _gates(walk: Walkthrough, found: Assessment) -> Iterator[NextStep]:
    for gate in (gate for gate in found.gates if not gate.is_of_policy):
        if gate.gate is GateKind.CONTRADICTION:
            url = url_of_contradiction(walk, gate)
            yield NextStep(task_of(walk.draft, gate), url, MARKS[gate.state])
            continue
        name = "icd10" if gate.gate is GateKind.CODE else ""
        name = "route" if _is_of_route(gate) else name
        url = walk.addresses.page(PAGE_OF_GATE.get(gate.gate, "diagnosis"), name)
        yield NextStep(_said(gate), url, MARKS[gate.state])


def _product(walk: Walkthrough) -> Iterator[NextStep]:
    """A product that is not stated may be an excluded one."""
    if walk.draft.product_is_open:
        url = walk.addresses.page("dose", "product")
        yield NextStep(
            "Choose the product: this policy excludes some", url, MARKS[FindingState.NOT_ANSWERED]
        )


def _is_of_route(gate: GateFinding) -> bool:
    """A product that is not excluded, by a route it is not listed with."""
    is_open = gate.state is FindingState.FOR_REVIEWER and not gate.about
    return gate.gate is GateKind.PRODUCT and is_open


def _said(gate: GateFinding) -> str:
    """What a gate says is said beside it: what to do about it is short."""
    if _is_of_route(gate):
        return "Route: one that the policy lists this product for"
    is_closed = gate.gate is GateKind.CODE and gate.state is FindingState.NOT_MET
    return "Diagnosis code: correct it if another one is right" if is_closed else gate.text


def _criteria(draft: StatedRequest, found: Assessment, url_of: UrlOf) -> Iterator[NextStep]:
    gate_asks = any(gate.gate is GateKind.CODE for gate in found.gates)
    for tree in found.trees:
        if ways_to_meet(tree) is None:
            continue
        for finding in unmet(tree):
            way = ways_to_meet(finding)
            waits = way is not None and all(map(waits_for_codes, steps_of(way)))
            if way is not None and not (gate_asks and waits):
                yield _task(way, finding, _Asked(draft, found, url_of))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which request a task is, and where its criteria are asked."""

    draft: StatedRequest
    found: Assessment
    url_of: UrlOf


def _task(way: Way, of: Finding, asked: _Asked) -> NextStep:
    """``of``: the criterion that the way would meet."""
    if isinstance(way, MeetingStep):
        return _step(way, asked)
    named = nameable(way, of)
    if not named:
        return _as_answered(of, next(steps_of(way)), asked)
    first = named[0]
    url, mark = asked.url_of(first.finding), MARKS[first.finding.state]
    if isinstance(way, Every):
        return NextStep(first.finding.node.title, url, mark)
    if len(way.options) == 1:
        only = _task(way.options[0], of, asked)
        return NextStep(f"{only.text}; {longer_text(way)}", only.url, only.mark)
    text = _one_of(way, named)
    return NextStep(f"{text}; {longer_text(way)}" if way.longer else text, url, mark)


def _step(step: MeetingStep, asked: _Asked) -> NextStep:
    """One criterion."""
    text = (
        _dose(asked.draft, asked.found)
        if isinstance(step.finding.node, DoseLeaf)
        else sentence_case(step_text(step, asked.found.edition.questions))
    )
    return NextStep(text, asked.url_of(step.finding), MARKS[step.finding.state])


def _one_of(way: Choose, named: Sequence[MeetingStep]) -> str:
    """Two more of: A; B; C and 3 more. What only decides which others apply is asked."""
    names = [_name(step) for step in named]
    if len(names) == 1:
        return names[0] if named[0].decides else f"{names[0]}: to be answered"
    more = len(names) - MOST_NAMED
    return f"{_more(way)} {'; '.join(names[:MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"


def _name(step: MeetingStep) -> str:
    node = step.finding.node
    if step.decides and isinstance(node, Leaf):
        return f"To be answered: {node.question.wording}"
    return node.title


def _as_answered(of: Finding, first: MeetingStep, asked: _Asked) -> NextStep:
    """How far a group is by the facts that were answered: none is listed as one to change."""
    still = [each for each in of.members if each.state is FindingState.NOT_ANSWERED]
    if isinstance(of.node, CriteriaGroup) and still:
        titles = "; ".join(each.node.title for each in still)
        text = f"{of.node.title}: to be answered: {titles}"
        return NextStep(text, asked.url_of(still[0]), MARKS[FindingState.NOT_ANSWERED])
    why = reason_text(of, asked.found.facts, questions=asked.found.edition.questions)
    text = f"{of.node.title}: {why}, as answered"
    return NextStep(text, asked.url_of(first.finding), MARKS[of.state])


def _dose(draft: StatedRequest, found: Assessment) -> str:
    """What the dose still needs."""
    dose = found.dose
    is_open = dose.outcome is DoseOutcome.NOT_ENOUGH_INFORMATION
    if is_open and is_nothing_typed(draft.typed):
        return NOTHING_TYPED
    if not dose.offers:
        return dose.text
    return f"{dose.text} What fits: {offer_words(dose.offers[0])}."


def _more(way: Choose) -> str:
    count = {1: "One", 2: "Two", 3: "Three"}.get(way.k, str(way.k))
    return f"{count}{' more' if way.already else ''} of:"

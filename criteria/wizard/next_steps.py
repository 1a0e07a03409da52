"""What is missing, or would have to be otherwise: the shortest way on, one line each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from criteria.assessment import Assessment
from criteria.blocked import Block, blocks_of
from criteria.case import Gate, GateFinding
from criteria.dosing import Outcome
from criteria.dosing.sentences import offer_words
from criteria.rules import DoseLeaf, Finding, State
from criteria.rules.explain import step_text
from criteria.rules.formats import sentence_case
from criteria.rules.guidance import Choose, Every, Step, StepKind, Way, ways_to_meet
from criteria.rules.phrases import longer_text, waits_for_codes
from criteria.wizard.contradictions import task_of, url_of_contradiction
from criteria.wizard.dose_open import NOTHING_TYPED, is_nothing_typed
from criteria.wizard.draft import Draft
from criteria.wizard.states import MARKS, Mark
from criteria.wizard.walkthrough import Walkthrough

# The page on which a gate is settled; any other one by the diagnosis.
PAGE_OF_GATE = {Gate.PRODUCT: "dose", Gate.PATHWAY: "pathway"}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that would bring the request further."""

    text: str
    url: str
    mark: Mark


UrlOf = Callable[[Finding], str]


def blocks(walk: Walkthrough, url_of: UrlOf) -> tuple[Task, ...]:
    """What nothing that is entered changes, each with the place where it was entered."""
    found = walk.draft.assessment
    return () if found is None else tuple(_block(walk, b, url_of) for b in blocks_of(found))


def _block(walk: Walkthrough, block: Block, url_of: UrlOf) -> Task:
    url = walk.addresses.page("diagnosis") if block.finding is None else url_of(block.finding)
    return Task(block.text, url, MARKS[State.NOT_MET])


def next_steps(walk: Walkthrough, url_of: UrlOf) -> tuple[Task, ...]:
    """Every task once, none where something stands in the way that nobody can change.

    ``url_of`` says where a criterion is asked.
    """
    draft = walk.draft
    found = draft.assessment
    if found is None:
        where = walk.addresses.page("diagnosis")
        return (Task("Choose the diagnosis", where, MARKS[State.NOT_ANSWERED]),)
    if blocks_of(found):
        return ()
    tasks = (*_gates(walk, found), *_criteria(draft, found, url_of), *_product(walk))
    return tuple({task.text: task for task in tasks}.values())


def _gates(walk: Walkthrough, found: Assessment) -> Iterator[Task]:
    for gate in (gate for gate in found.gates if not gate.is_of_policy):
        if gate.gate is Gate.CONTRADICTION:
            url = url_of_contradiction(walk, gate)
            yield Task(task_of(walk.draft, gate), url, MARKS[gate.state])
            continue
        name = "icd10" if gate.gate is Gate.CODE else ""
        name = "route" if _is_of_route(gate) else name
        url = walk.addresses.page(PAGE_OF_GATE.get(gate.gate, "diagnosis"), name)
        yield Task(_said(gate), url, MARKS[gate.state])


def _product(walk: Walkthrough) -> Iterator[Task]:
    """A product that is not stated may be an excluded one."""
    if walk.draft.product_is_open:
        url = walk.addresses.page("dose", "product")
        yield Task("Choose the product: this policy excludes some", url, MARKS[State.NOT_ANSWERED])


def _is_of_route(gate: GateFinding) -> bool:
    """A product that is not excluded, by a route it is not listed with."""
    is_open = gate.state is State.FOR_REVIEWER and not gate.about
    return gate.gate is Gate.PRODUCT and is_open


def _said(gate: GateFinding) -> str:
    """What a gate says is said beside it: what to do about it is short."""
    if _is_of_route(gate):
        return "Route: one that the policy lists this product for"
    is_closed = gate.gate is Gate.CODE and gate.state is State.NOT_MET
    return "Diagnosis code: correct it if another one is right" if is_closed else gate.text


def _criteria(draft: Draft, found: Assessment, url_of: UrlOf) -> Iterator[Task]:
    gate_asks = any(gate.gate is Gate.CODE for gate in found.gates)
    for tree in found.trees:
        way = ways_to_meet(tree)
        parts = way.parts if isinstance(way, Every) else (() if way is None else (way,))
        for part in parts:
            if not (gate_asks and waits_for_codes(part)):
                yield _task(part, draft, found, url_of)


def _task(way: Way, draft: Draft, found: Assessment, url_of: UrlOf) -> Task:
    first = next(_steps(way))
    url, mark = url_of(first.finding), MARKS[first.finding.state]
    if isinstance(way, Step):
        if isinstance(way.finding.node, DoseLeaf):
            return Task(_dose(draft, found), url, mark)
        return Task(sentence_case(step_text(way, found.edition.questions)), url, mark)
    if isinstance(way, Every):
        return Task(first.finding.node.title, url, mark)
    if len(way.options) == 1:
        only = _task(way.options[0], draft, found, url_of)
        return Task(f"{only.text}; {longer_text(way)}", url, mark)
    names = [step.finding.node.title for step in _steps(way)]
    text = f"{_more(way)} {'; '.join(names[:3])}{'; …' if len(names) > 3 else ''}"
    still = [member for member in way.longer if member.state is State.NOT_ANSWERED]
    if still and all(step.kind is StepKind.CHANGE for step in _steps(way)):
        titles = "; ".join(member.node.title for member in still)
        said = f"{titles}; or, answered otherwise: {text[:1].lower()}{text[1:]}"
        return Task(said, url_of(still[0]), MARKS[still[0].state])
    return Task(f"{text}; {longer_text(way)}" if way.longer else text, url, mark)


def _dose(draft: Draft, found: Assessment) -> str:
    """What the dose still needs."""
    dose = found.dose
    is_open = dose.outcome is Outcome.NOT_ENOUGH_INFORMATION
    if is_open and is_nothing_typed(draft.typed):
        return NOTHING_TYPED
    if not dose.offers:
        return dose.text
    return f"{dose.text} What fits: {offer_words(dose.offers[0])}."


def _steps(way: Way) -> Iterator[Step]:
    if isinstance(way, Step):
        yield way
        return
    for part in way.parts if isinstance(way, Every) else way.options:
        yield from _steps(part)


def _more(way: Choose) -> str:
    count = {1: "One", 2: "Two", 3: "Three"}.get(way.k, str(way.k))
    return f"{count}{' more' if way.already else ''} of:"

"""How criteria are joined, said in words."""

from criteria.rules.coded import names_codes
from criteria.rules.evaluate import Finding
from criteria.rules.facts import SETTLED, FindingState
from criteria.rules.guidance import progress
from criteria.rules.kinds import KINDS
from criteria.rules.tree import (
    CriteriaGroup,
    DoseLeaf,
    GroupKind,
    Leaf,
    Node,
    When,
    is_advised,
)
from criteria.rules.walk import questions_of
from criteria.rules.ways import Choose, Every, MeetingStep, StepKind, Way
from criteria.rules.wording import NO_QUESTIONS, Questions, required_text


def conjunction(
    node: CriteriaGroup | When, finding: Finding | None = None, contradicted: int = 0
) -> str:
    """How the parts are joined: "At least 2 of these 3", with "· 1 met so far" of a finding."""
    words = _when_words(node) if isinstance(node, When) else _group_words(node)
    if finding is None or isinstance(node, When):
        return words
    return f"{words} · {progress_text(finding, contradicted)}"


def progress_text(finding: Finding, contradicted: int = 0) -> str:
    """How far it is: "1 met so far"; "so far" while it is not settled.

    ``contradicted``: of what is met, how many parts something in the request contradicts.
    """
    if finding.state is FindingState.NOT_APPLICABLE:
        return "does not apply"
    satisfied, _, _, inapplicable = progress(finding)
    number = satisfied - inapplicable - contradicted
    met = f"{number} met" + ("" if finding.state in SETTLED else " so far")
    met += f", {contradicted} contradicted" if contradicted else ""
    if not inapplicable:
        return met
    return f"{met}, {inapplicable} {'does' if inapplicable == 1 else 'do'} not apply"


def step_text(way: Way | None, questions: Questions = NO_QUESTIONS) -> str:
    """What would satisfy it: "one more of: A; B; C"; empty if nothing is needed."""
    if way is None:
        return ""
    if isinstance(way, MeetingStep):
        return _step_words(way, questions)
    parts = way.parts if isinstance(way, Every) else way.options
    listed = "; ".join(_nested(step_text(part, questions), part) for part in parts)
    if isinstance(way, Choose) and way.longer:
        return f"{listed if len(parts) == 1 else f'{_how_many(way)}: {listed}'}; {longer_text(way)}"
    return f"{_how_many(way)}: {listed}" if listed else ""


def longer_text(way: Choose) -> str:
    """The members that would do as well with more to meet: "or, the longer way: A"."""
    titles = "; ".join(member.node.title for member in way.longer)
    return f"or, {'the' if len(way.longer) == 1 else 'a'} longer way: {titles}"


def waits_for_codes(way: Way) -> bool:
    """Whether nothing is missing but the diagnosis codes themselves."""
    is_open = isinstance(way, MeetingStep) and way.kind is StepKind.ANSWER
    return is_open and isinstance(way, MeetingStep) and names_codes(way.finding.node)


def in_words(node: Node) -> str:
    """A whole tree as one sentence: "All of: A; B (2 or more nerves); at least 1 of 7 (...)."."""
    words = _words(node, questions_of(node))
    return f"{words[:1].upper()}{words[1:]}."


def _group_words(node: CriteriaGroup) -> str:
    if node.kind is GroupKind.ALL:
        return f"All of these {sum(not is_advised(member) for member in node.members)}"
    if is_advised(node):
        return f"Advised, none of these {len(node.members)} is required"
    return f"At least {node.required} of these {len(node.members)}"


def _when_words(node: When) -> str:
    condition = _condition_words(node, NO_QUESTIONS)
    if node.otherwise is None:
        return f"Only if: {condition}"
    return f"If: {condition}; otherwise: {node.otherwise.title}"


def _condition_words(node: When, questions: Questions) -> str:
    if isinstance(node.condition, Leaf | DoseLeaf):
        return _leaf_words(node.condition, questions)
    return node.condition.title


def _leaf_words(leaf: Leaf | DoseLeaf, questions: Questions) -> str:
    if names_codes(leaf):
        return leaf.title  # It says which codes: a list of them would hide the rest.
    required = required_text(leaf, questions)
    return leaf.title if required == "yes" else f"{leaf.title} ({required})"


def records_text(leaf: Leaf | DoseLeaf, questions: Questions = NO_QUESTIONS) -> str:
    """What would have to be shown: "records that show a figure below 50 ×10⁹/L"."""
    needed = required_text(leaf, questions)
    if isinstance(leaf, DoseLeaf):
        return needed
    return KINDS[leaf.test.type].records_text(leaf.test, leaf.question, needed)


def _step_words(step: MeetingStep, questions: Questions) -> str:
    node = step.finding.node
    if not isinstance(node, Leaf | DoseLeaf):
        raise TypeError(f"a step is one criterion, not {type(node).__name__}")
    if step.kind is StepKind.REVIEW:
        return f"a reviewer’s judgement of {node.title}"
    if waits_for_codes(step):
        return "The ICD-10-CM code: needs to be stated"
    if step.kind is StepKind.CHANGE:
        return f"{node.title}: {records_text(node, questions)}"
    return _answer_words(step, node, questions)


def _answer_words(step: MeetingStep, node: Leaf | DoseLeaf, questions: Questions) -> str:
    """What is still to be said. Which answer would help is for nobody to be told."""
    if isinstance(node, DoseLeaf):
        return f"{node.title}: needs {required_text(node, questions)}"
    kind = KINDS[node.test.type]
    if step.finding.answer is not None:
        return f"{node.title}: needs {kind.missing_text(node.test, questions)}"
    if step.decides:
        return f"To be answered: {node.question.wording}"
    if kind.is_picked:
        return f"{node.title}: to be answered"
    return f"{node.title}: needs {required_text(node, questions)}"


def _how_many(way: Every | Choose) -> str:
    if isinstance(way, Every):
        return "all of"
    more = " more" if way.already else ""
    return f"{'one' if way.k == 1 else way.k}{more} of"


def _nested(words: str, part: Way) -> str:
    return words if isinstance(part, MeetingStep) else f"({words})"


def _words(node: Node, questions: Questions) -> str:
    if isinstance(node, Leaf | DoseLeaf):
        return _leaf_words(node, questions)
    if isinstance(node, When):
        return _when_sentence(node, questions)
    members = "; ".join(_inner(member, questions) for member in node.members)
    return f"{_quantifier(node)}: {members}"


def _when_sentence(node: When, questions: Questions) -> str:
    words = f"if {_inner(node.condition, questions)}, then {_inner(node.then, questions)}"
    if node.otherwise is None:
        return words
    return f"{words}, otherwise {_inner(node.otherwise, questions)}"


def _inner(node: Node, questions: Questions) -> str:
    words = _words(node, questions)
    return f"({words})" if isinstance(node, CriteriaGroup) else words


def _quantifier(node: CriteriaGroup) -> str:
    if node.kind is GroupKind.ALL:
        return "all of"
    if is_advised(node):
        return "advised, none required"
    return "any of" if node.kind is GroupKind.ANY else f"at least {node.n} of {len(node.members)}"

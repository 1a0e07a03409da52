"""Why a criterion is in its state, in one short phrase."""

from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, Facts, FindingState
from criteria.rules.guidance import leaves, progress
from criteria.rules.kinds import KINDS
from criteria.rules.kinds.base import OPEN_OR_OFF, JudgedAnswer
from criteria.rules.tree import CriteriaGroup, DoseLeaf, Leaf, When, is_advised
from criteria.rules.wording import NO_QUESTIONS, Questions, answer_text

_DOSE = {
    FindingState.MET: "the dose is within the policy's limit",
    FindingState.NOT_MET: "the dose is above the policy's limit",
    FindingState.NOT_ANSWERED: "not enough is known to check the dose",
    FindingState.FOR_REVIEWER: "the dose is for a reviewer to judge",
}
_JUDGED = "a reviewer decides"


def reason_text(
    finding: Finding,
    facts: Facts,
    switched_off_by: Finding | None = None,
    questions: Questions = NO_QUESTIONS,
) -> str:
    """Why ``finding`` is in its state: "31 days old: the policy accepts 30".

    ``switched_off_by`` is the condition that made it not applicable; ``questions`` put a name to
    the question a window is counted from.
    """
    if finding.state is FindingState.NOT_APPLICABLE:
        return _inapplicable(switched_off_by or finding.condition)
    node = finding.node
    if isinstance(node, DoseLeaf):
        return _DOSE[finding.state]
    if isinstance(node, CriteriaGroup):
        return _group(finding)
    if isinstance(node, When):
        return _when(finding, facts, questions)
    return _leaf(node, finding, facts, questions)


def says_more(finding: Finding) -> bool:
    """Whether the reason says more than the answer, where both stand beside each other."""
    if not isinstance(finding.node, Leaf):
        return finding.state in OPEN_OR_OFF
    test = finding.node.test
    return KINDS[test.type].reason_says_more(test, finding.state)


def _inapplicable(condition: Finding | None) -> str:
    if condition is None:
        return "does not apply"
    node, answer = condition.node, condition.answer
    if isinstance(node, Leaf) and answer is not None:
        found = KINDS[node.test.type].off_text(node.test, node.question, answer, node.title)
        return f"does not apply: {found}"
    return f"does not apply: {node.title}: {'met' if condition.state in SATISFIED else 'not met'}"


def not_asked_text(finding: Finding) -> str:
    """Everything inside a rule of other codes, in a line, with what was answered all the same."""
    asked = [leaf for member in finding.members for leaf in leaves(member)]
    return f"Not asked: {'; '.join(map(_not_asked, asked))}."


def _not_asked(finding: Finding) -> str:
    node = finding.node
    if finding.answer is None or not isinstance(node, Leaf):
        return node.title
    return f"{node.title} (answered: {answer_text(node.question, finding.answer)})"


def _group(finding: Finding) -> str:
    satisfied, required, members, inapplicable = progress(finding)
    if is_advised(finding.node):
        return f"{satisfied - inapplicable} of {members} met, none is required"
    does = "does not apply" if inapplicable == 1 else "do not apply"
    met = f"{satisfied - inapplicable} met" + (f", {inapplicable} {does}" if inapplicable else "")
    if finding.state is FindingState.FOR_REVIEWER:
        return f"{met}; {_JUDGED} on the rest"
    if finding.state is FindingState.NOT_ANSWERED:
        return f"{met}, {required - satisfied} more needed"
    are = "is" if required == 1 else "are"
    return met if finding.state is FindingState.MET else f"{met} where {required} {are} needed"


def _when(finding: Finding, facts: Facts, questions: Questions) -> str:
    condition = finding.condition
    if condition is None or condition.state in SATISFIED:
        return reason_text(finding.members[0], facts, questions=questions)
    if condition.state is FindingState.NOT_MET and len(finding.members) > 1:
        return reason_text(finding.members[1], facts, questions=questions)
    if finding.state is FindingState.MET:
        return "met either way"
    if finding.state is FindingState.NOT_MET:
        return "not met either way"
    return f"depends on: {condition.node.title}"


def _leaf(leaf: Leaf, finding: Finding, facts: Facts, questions: Questions) -> str:
    if finding.answer is None:
        return "not answered"
    if finding.state is FindingState.FOR_REVIEWER:
        return f"{answer_text(leaf.question, finding.answer)}: {_JUDGED}"
    judged = JudgedAnswer(leaf.question, finding.answer, finding.state, facts, questions)
    return KINDS[leaf.test.type].reason_text(leaf.test, judged)

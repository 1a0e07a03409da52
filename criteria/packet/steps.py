"""What would meet a tree, step by step, each at its number."""

from collections.abc import Iterator, Mapping

from criteria.packet.trees import NamedTree
from criteria.rules import DoseLeaf, Question
from criteria.rules.explain import numbered, questions_of, step_text
from criteria.rules.formats import sentence_case
from criteria.rules.guidance import Choose, Every, Step, StepKind, Way, ways_to_meet
from criteria.rules.phrases import waits_for_codes


def steps(tree: NamedTree, *, dose: str, without_codes: bool = False) -> Iterator[str]:
    """The shortest way to meet a tree: "1.2 Progressive symptoms: 2 months or more".

    ``dose``: what is found of the dose, where a reviewer has to judge it.
    ``without_codes`` leaves out that the diagnosis codes are to be stated.
    """
    way = ways_to_meet(tree.finding)
    if way is None:
        return
    numbers = {place.finding.node.key: place.number for place in numbered(tree.finding)}
    questions = questions_of(tree.finding.node)
    for part in way.parts if isinstance(way, Every) else (way,):
        waits = waits_for_codes(part)
        if waits and without_codes:
            continue
        number = "" if waits else tree.cited(_number(part, numbers))
        text = sentence_case(_text(part, questions, dose))
        yield f"{number} {text}" if number else text


def _text(way: Way, questions: Mapping[str, Question], dose: str) -> str:
    is_judged = isinstance(way, Step) and way.kind is StepKind.REVIEW
    if is_judged and isinstance(way.finding.node, DoseLeaf):
        return f"{way.finding.node.title}, for the reviewer: {dose}"
    return step_text(way, questions)


def _number(way: Way, numbers: dict[str, str]) -> str:
    if isinstance(way, Choose) and len(way.options) == 1:
        return _number(way.options[0], numbers)
    return numbers.get(way.finding.node.key, "") if isinstance(way, Step) else ""

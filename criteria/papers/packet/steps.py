"""What would meet a tree, step by step, each at its number."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from criteria.requests.assessment.trees import NamedTree
from criteria.rules import CriteriaGroup, DoseLeaf, Finding, QuestionDefinition
from criteria.rules.explain import numbered, progress_text, questions_of, step_text
from criteria.rules.formats import sentence_case
from criteria.rules.guidance import Choose, MeetingStep, StepKind, Way, ways_to_meet
from criteria.rules.phrases import waits_for_codes
from criteria.rules.unmet import nameable, steps_of, unmet


def steps(tree: NamedTree, *, dose: str, without_codes: bool = False) -> Iterator[str]:
    """The shortest way to meet a tree: "1.2 Progressive symptoms: 2 months or more".

    ``dose``: what is found of the dose, where a reviewer has to judge it.
    ``without_codes`` leaves out that the diagnosis codes are to be stated.
    """
    if ways_to_meet(tree.finding) is None:
        return
    numbers = {place.finding.node.key: place.number for place in numbered(tree.finding)}
    questions = questions_of(tree.finding.node)
    for finding in unmet(tree.finding):
        way = ways_to_meet(finding)
        waits = way is not None and all(map(waits_for_codes, steps_of(way)))
        if way is None or (waits and without_codes):
            continue
        number = "" if waits else tree.cited(numbers.get(finding.node.key, ""))
        text = sentence_case(_text(way, finding, questions, dose))
        yield f"{number} {text}" if number else text


def _text(way: Way, of: Finding, questions: Mapping[str, QuestionDefinition], dose: str) -> str:
    """``of``: the criterion the way would meet. No answered fact is named as one to change."""
    named = nameable(way, of)
    if not named:
        how_far = progress_text(of) if isinstance(of.node, CriteriaGroup) else "not met"
        return f"{of.node.title}: {how_far}, as answered"
    if isinstance(way, Choose):
        possible = [option for option in way.options if nameable(option, of)]
        way = possible[0] if len(possible) == 1 else replace(way, options=tuple(possible))
    if isinstance(way, MeetingStep) and way.kind is StepKind.REVIEW and _is_dose(way.finding):
        return f"{way.finding.node.title}, for the reviewer: {dose}"
    return step_text(way, questions)


def _is_dose(finding: Finding) -> bool:
    return isinstance(finding.node, DoseLeaf)

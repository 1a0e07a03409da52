"""Why a criterion is in its state, in one short phrase."""

from datetime import date, timedelta

from criteria.rules.answers import CodesAnswer, ListAnswer, NumberAnswer
from criteria.rules.evaluate import Finding
from criteria.rules.facts import SATISFIED, Facts, FindingState
from criteria.rules.formats import amount_text, counted, date_text, joined, span_text
from criteria.rules.guidance import leaves, progress
from criteria.rules.names import NameTable
from criteria.rules.passing import right_size
from criteria.rules.tree import (
    Anchor,
    Compares,
    CriteriaGroup,
    DoseLeaf,
    Leaf,
    ListsAtLeast,
    NamesCode,
    Node,
    OneOf,
    TimeSpan,
    When,
    Within,
    is_advised,
)
from criteria.rules.wording import (
    NO_QUESTIONS,
    Questions,
    anchor_text,
    answer_text,
    compared_text,
    test_text,
)

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


def valid_until(span: TimeSpan, day: date) -> date:
    """The last day of request on which something of ``day`` is still within ``span``."""
    last = span.after(day)
    while span.before(last) > day:
        last -= timedelta(days=1)
    while span.before(last + timedelta(days=1)) <= day:
        last += timedelta(days=1)
    return last


def _inapplicable(condition: Finding | None) -> str:
    if condition is None:
        return "does not apply"
    node = condition.node
    if isinstance(condition.answer, CodesAnswer):
        return f"does not apply: {_codes_stated(node, condition.answer)}"
    if isinstance(node, Leaf) and condition.answer is not None:
        found = answer_text(node.question, condition.answer)
    else:
        found = "met" if condition.state in SATISFIED else "not met"
    return f"does not apply: {node.title}: {found}"


def _codes_stated(node: Node, answer: CodesAnswer) -> str:
    if isinstance(node, Leaf) and isinstance(node.test, NamesCode) and node.test.principal:
        return f"the request rests on {answer.principal or 'no code'}"
    return f"the request states {joined(answer.codes, 'and')}"


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
    answer, test = finding.answer, leaf.test
    if answer is None:
        return "not answered"
    if finding.state is FindingState.FOR_REVIEWER:
        return f"{answer_text(leaf.question, answer)}: {_JUDGED}"
    if isinstance(answer, NumberAnswer) and isinstance(test, Compares):
        return _number(leaf, test, answer, facts)
    if isinstance(answer, date) and isinstance(test, Within):
        return _window(test, answer, facts, questions)
    if isinstance(answer, ListAnswer) and isinstance(test, ListsAtLeast):
        return _listed(test, leaf.question.names, answer, finding.state)
    given = answer_text(leaf.question, answer)
    passing = OneOf(test.passing) if isinstance(test, OneOf) else test
    return (
        given
        if finding.state is FindingState.MET
        else _needs(given, test_text(passing, leaf.question))
    )


def _listed(test: ListsAtLeast, names: NameTable, answer: ListAnswer, state: FindingState) -> str:
    """How many count, and by name what does not or is not known."""
    counted, unknown = names.tally(answer)
    said = [_needs(f"{counted:,}", f"{test.n} or more")]
    off = [name for entry in answer.entries for name in names.not_counted_in(entry.drug)]
    if off:
        said.append(f"{joined(off, 'and')} {'does' if len(off) == 1 else 'do'} not count")
    if state is FindingState.FOR_REVIEWER:
        said.append(f"{unknown:,} more that {'is' if unknown == 1 else 'are'} not known: {_JUDGED}")
    return "; ".join(said)


def _needs(found: str, required: str) -> str:
    """3 where 2 or more are needed."""
    return f"{found} where {required} {'are' if ' or more' in required else 'is'} needed"


def _number(leaf: Leaf, test: Compares, answer: NumberAnswer, facts: Facts) -> str:
    """The figure and its age, each where it says something: every reason of a failure at once."""
    day, is_right = answer.measured_on, right_size(test, answer.value)
    age = "" if test.max_age is None else _age(test.max_age, day, facts.request_date)
    if is_right and age:
        return age
    found = amount_text(answer.value, "" if leaf.question.whole else leaf.question.unit)
    size = _needs(found, compared_text(test, leaf.question))
    oldest = None if test.max_age is None else test.max_age.before(facts.request_date)
    is_recent = oldest is None or (day is not None and oldest <= day <= facts.request_date)
    return size if is_recent else f"{size}; {age}"


def _age(span: TimeSpan, day: date | None, request: date) -> str:
    missing = "the date it was measured is missing"
    return missing if day is None else _recent(span, day, request, "old")


def _recent(span: TimeSpan, day: date, request: date, old: str) -> str:
    """day 23 of 30, valid until 14 May 2026; or 31 days old: the policy accepts 30."""
    if day > request:
        return f"dated {date_text(day)}, after the request"
    last, age = valid_until(span, day), (request - day).days
    if request <= last:
        return f"day {age} of {(last - day).days}, valid until {date_text(last)}"
    return f"{counted(age, 'day')} {old}: the policy accepts {_accepted(span)}"


def _window(test: Within, day: date, facts: Facts, questions: Questions) -> str:
    anchor, name = facts.day(test.anchor), anchor_text(test.anchor, questions)
    if anchor is None:
        return f"{name} is not known"
    if test.anchor == Anchor.REQUEST and not test.after:
        return _recent(test.span, day, anchor, "before the request")
    if test.anchor == Anchor.THERAPY_START and anchor != facts.request_date:
        name = f"{name} on {date_text(anchor)}"
    side, other = ("after", "before") if test.after else ("before", "after")
    distance = (day - anchor).days if test.after else (anchor - day).days
    if distance < 0:
        return f"{counted(-distance, 'day')} {other} {name}, and must not be {other} it"
    return f"{counted(distance, 'day')} {side} {name}: the policy accepts {_accepted(test.span)}"


def _accepted(span: TimeSpan) -> str:
    return span_text(span) if span.months else f"{span.days:,}"
